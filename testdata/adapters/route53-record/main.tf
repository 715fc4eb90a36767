terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

provider "aws" {
  region = "eu-west-1"
}

# Its output is known after apply.
resource "terraform_data" "later" {
  input = "later"
}

resource "aws_route53_zone" "a" {
  name = "db.example.com"
}

resource "aws_db_instance" "a" {
  instance_class = "db.t4g.micro"
}

resource "aws_db_proxy" "a" {
  name           = "orders"
  engine_family  = "MYSQL"
  role_arn       = "arn:aws:iam::123456789012:role/proxy"
  vpc_subnet_ids = ["subnet-1"]
}

resource "aws_route53_record" "empty" {
  zone_id = "Z0123456789ABCDEFGHIJ"
  name    = "empty"
  type    = "CNAME"
}

resource "aws_route53_record" "known" {
  zone_id = "Z0123456789ABCDEFGHIJ"
  name    = "orders.db.example.com"
  type    = "CNAME"
  ttl     = 60
  records = ["orders.abcdefghijkl.eu-west-1.rds.amazonaws.com"]
}

resource "aws_route53_record" "unknown" {
  zone_id = "Z0123456789ABCDEFGHIJ"
  name    = terraform_data.later.output
  type    = terraform_data.later.output
  ttl     = 60
  records = [terraform_data.later.output]
}

resource "aws_route53_record" "reference" {
  zone_id = aws_route53_zone.a.zone_id
  name    = "orders"
  type    = "CNAME"
  ttl     = 60
  records = [aws_db_instance.a.address]
}

resource "aws_route53_record" "alias" {
  zone_id = aws_route53_zone.a.zone_id
  name    = "proxy.${aws_route53_zone.a.name}"
  type    = "A"

  alias {
    name                   = aws_db_proxy.a.endpoint
    zone_id                = "Z0987654321ABCDEFGHIJ"
    evaluate_target_health = false
  }
}

resource "aws_route53_record" "alias_perhaps" {
  zone_id = aws_route53_zone.a.zone_id
  name    = "perhaps"
  type    = "A"

  dynamic "alias" {
    for_each = terraform_data.later.output == "yes" ? [1] : []
    content {
      name                   = aws_db_proxy.a.endpoint
      zone_id                = "Z0987654321ABCDEFGHIJ"
      evaluate_target_health = false
    }
  }
}

# None of these names a host that clients may use in place of another.
resource "aws_route53_record" "address" {
  zone_id = aws_route53_zone.a.zone_id
  name    = "address"
  type    = "A"
  ttl     = 60
  records = [terraform_data.later.output]
}

resource "aws_route53_record" "text" {
  zone_id = aws_route53_zone.a.zone_id
  name    = "text"
  type    = "TXT"
  ttl     = 60
  records = ["orders.abcdefghijkl.eu-west-1.rds.amazonaws.com"]
}
