terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

provider "aws" {
  region = "eu-west-1"
}
# The expression that each case follows is `kms_key_id`.

resource "aws_kms_key" "one" {}

resource "aws_kms_key" "each" {
  for_each = toset(["a", "b.c[d]", "$${x}"])
}

resource "aws_kms_key" "counted" {
  count = 2
}

data "aws_kms_key" "read" {
  key_id = aws_kms_key.one.key_id
}

variable "suffix" {
  default = ""
}

locals {
  key = aws_kms_key.one.arn
}

resource "aws_secretsmanager_secret" "attribute" {
  kms_key_id = aws_kms_key.one.arn
}

resource "aws_secretsmanager_secret" "two" {
  kms_key_id = "${aws_kms_key.one.arn}${aws_kms_key.each["a"].id}${var.suffix}${path.module}${terraform.workspace}"
}

resource "aws_secretsmanager_secret" "quoted_key" {
  kms_key_id = aws_kms_key.each["b.c[d]"].arn
}

resource "aws_secretsmanager_secret" "template_key" {
  kms_key_id = aws_kms_key.each["$${x}"].arn
}

resource "aws_secretsmanager_secret" "index" {
  kms_key_id = aws_kms_key.counted[1].arn
}

resource "aws_secretsmanager_secret" "splat" {
  kms_key_id = join(",", aws_kms_key.counted[*].arn)
}

resource "aws_secretsmanager_secret" "own_count" {
  count      = 2
  kms_key_id = aws_kms_key.counted[count.index].arn
}

resource "aws_secretsmanager_secret" "own_key" {
  for_each   = toset(["a", "b.c[d]"])
  kms_key_id = aws_kms_key.each[each.key].arn
}

resource "aws_secretsmanager_secret" "value_as_key" {
  for_each   = toset(["a"])
  kms_key_id = aws_kms_key.each[each.value].arn
}

# The key is an attribute of each.value, and not each.key.
resource "aws_secretsmanager_secret" "key_in_value" {
  for_each   = { a = { key = "b.c[d]" } }
  kms_key_id = aws_kms_key.each[each.value.key].arn
}

resource "aws_secretsmanager_secret" "chain" {
  for_each   = aws_kms_key.each
  kms_key_id = each.value.arn
}

resource "aws_secretsmanager_secret" "chain_of_chain" {
  for_each   = aws_secretsmanager_secret.chain
  kms_key_id = each.value.kms_key_id
}

resource "aws_secretsmanager_secret" "map" {
  for_each   = { a = aws_kms_key.one, b = aws_kms_key.counted[0] }
  kms_key_id = each.value.arn
}

resource "aws_secretsmanager_secret" "map_of_objects" {
  for_each   = { a = { key = aws_kms_key.one } }
  kms_key_id = each.value.key.arn
}

resource "aws_secretsmanager_secret" "map_of_texts" {
  for_each   = { a = "one" }
  kms_key_id = "${aws_kms_key.one.arn}${each.value}"
}

resource "aws_secretsmanager_secret" "local" {
  kms_key_id = local.key
}

resource "aws_secretsmanager_secret" "data" {
  kms_key_id = data.aws_kms_key.read.arn
}

resource "aws_secretsmanager_secret" "conditional" {
  kms_key_id = aws_kms_key.one.key_id == "x" ? aws_kms_key.counted[0].arn : local.key
}

module "text" {
  source = "./modules/pass"
  key    = aws_kms_key.one.arn
  object = { name = "x" }
}

module "whole" {
  source = "./modules/pass"
  key    = ""
  object = aws_kms_key.one
}

module "objects" {
  source   = "./modules/object"
  for_each = { a = aws_kms_key.one, b = aws_kms_key.counted[0] }
  settings = { keys = { main = each.value, spare = aws_kms_key.counted[1] } }
}

module "keys" {
  source   = "./modules/keys"
  for_each = toset(["a", "b"])
}

module "outer" {
  source = "./modules/outer"
}

# No resource in it that anybody asks for.
module "none" {
  source   = "./modules/none"
  for_each = toset(["a", "b"])
  key      = aws_kms_key.one.arn
}

resource "aws_secretsmanager_secret" "output" {
  kms_key_id = module.keys["a"].arn
}

resource "aws_secretsmanager_secret" "output_whole" {
  kms_key_id = module.keys["a"].key.arn
}

resource "aws_secretsmanager_secret" "output_own_key" {
  for_each   = toset(["a"])
  kms_key_id = module.keys[each.key].arn
}

resource "aws_secretsmanager_secret" "output_splat" {
  kms_key_id = join(",", values(module.keys)[*].arn)
}

resource "aws_secretsmanager_secret" "output_of_output" {
  kms_key_id = module.outer.arn
}

resource "aws_secretsmanager_secret" "output_of_none" {
  kms_key_id = module.none["b"].arn
}

resource "aws_secretsmanager_secret" "output_chain" {
  for_each   = module.keys
  kms_key_id = each.value.arn
}
