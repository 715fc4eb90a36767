module "proxy" {
  source   = "terraform-aws-modules/rds-proxy/aws"
  version  = "~> 3.0"
  for_each = toset(["a", "b"])

  providers = {
    aws = aws.west
  }

  name       = each.key
  depends_on = [module.vpc, aws_db_instance.main]
}
