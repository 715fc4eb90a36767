resource "aws_kms_key" "this" {}

output "arn" {
  value = aws_kms_key.this.arn
}

output "key" {
  value = aws_kms_key.this
}
