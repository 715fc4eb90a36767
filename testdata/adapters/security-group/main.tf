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

resource "aws_vpc" "a" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_security_group" "empty" {}

resource "aws_security_group" "known" {
  vpc_id = "vpc-0123456789abcdef0"

  ingress {
    from_port   = 5432
    to_port     = 5432
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/8"]
  }

  egress {
    from_port        = 0
    to_port          = 0
    protocol         = "-1"
    cidr_blocks      = ["0.0.0.0/0"]
    ipv6_cidr_blocks = ["::/0"]
    prefix_list_ids  = ["pl-12345678"]
    security_groups  = ["sg-0123456789abcdef0"]
    self             = true
  }
}

resource "aws_security_group" "none" {
  ingress = []
  egress  = []
}

resource "aws_security_group" "nulls" {
  ingress = null
  egress  = var.nothing
}

variable "nothing" {
  default = null
}

resource "aws_security_group" "unknown" {
  vpc_id = terraform_data.later.output

  ingress {
    from_port        = length(terraform_data.later.output)
    to_port          = length(terraform_data.later.output)
    protocol         = terraform_data.later.output
    cidr_blocks      = [terraform_data.later.output]
    ipv6_cidr_blocks = split(",", terraform_data.later.output)
    security_groups  = split(",", terraform_data.later.output)
    self             = terraform_data.later.output == "yes"
  }

  egress = [for name in split(",", terraform_data.later.output) : {
    from_port        = 0
    to_port          = 0
    protocol         = name
    cidr_blocks      = null
    ipv6_cidr_blocks = null
    prefix_list_ids  = null
    security_groups  = null
    self             = null
    description      = null
  }]
}

# The configuration section joins the references of all blocks of one name.
resource "aws_security_group" "reference" {
  vpc_id = aws_vpc.a.id

  ingress {
    from_port       = 5432
    to_port         = 5432
    protocol        = "tcp"
    security_groups = [aws_security_group.empty.id]
  }

  ingress {
    from_port       = 22
    to_port         = 22
    protocol        = "tcp"
    security_groups = [aws_security_group.known.id]
  }

  egress = [{
    from_port        = 5432
    to_port          = 5432
    protocol         = "tcp"
    cidr_blocks      = null
    ipv6_cidr_blocks = null
    prefix_list_ids  = null
    security_groups  = [aws_security_group.empty.id]
    self             = null
    description      = null
  }]
}

resource "aws_security_group" "dynamic" {
  dynamic "ingress" {
    for_each = [5432, 3306]
    content {
      from_port       = ingress.value
      to_port         = ingress.value
      protocol        = "tcp"
      security_groups = [aws_security_group.empty.id]
    }
  }

  dynamic "egress" {
    for_each = []
    content {
      from_port = 0
      to_port   = 0
      protocol  = "-1"
    }
  }
}

# How many blocks there will be is known after apply; the plan shows one, all of it unknown.
resource "aws_security_group" "dynamic_unknown" {
  dynamic "ingress" {
    for_each = terraform_data.later.output == "yes" ? [5432, 3306] : []
    content {
      from_port       = ingress.value
      to_port         = 5432
      protocol        = "tcp"
      security_groups = [aws_security_group.empty.id]
    }
  }
}

# The references of the block that is not dynamic stand alone.
resource "aws_security_group" "dynamic_and_static" {
  ingress {
    from_port       = 22
    to_port         = 22
    protocol        = "tcp"
    security_groups = [aws_security_group.known.id]
  }

  dynamic "ingress" {
    for_each = [5432]
    content {
      from_port       = ingress.value
      to_port         = ingress.value
      protocol        = "tcp"
      security_groups = [aws_security_group.empty.id]
    }
  }
}

resource "aws_security_group_rule" "empty" {
  type              = "egress"
  from_port         = 0
  to_port           = 65535
  protocol          = "tcp"
  security_group_id = "sg-0123456789abcdef0"
}

resource "aws_default_security_group" "empty" {}

resource "aws_default_security_group" "reference" {
  vpc_id = aws_vpc.a.id

  ingress {
    from_port = 5432
    to_port   = 5432
    protocol  = "tcp"
    self      = true
  }
}

data "aws_security_group" "known" {
  id     = "sg-0123456789abcdef0"
  vpc_id = "vpc-0123456789abcdef0"
}

data "aws_security_group" "later" {
  vpc_id = aws_vpc.a.id
  name   = "default"
}

data "aws_security_group" "unknown" {
  id = terraform_data.later.output
}

resource "aws_security_group_rule" "known" {
  type              = "ingress"
  from_port         = 5432
  to_port           = 5432
  protocol          = "tcp"
  security_group_id = "sg-0123456789abcdef0"
  cidr_blocks       = ["10.0.0.0/8"]
  ipv6_cidr_blocks  = ["::/0"]
  prefix_list_ids   = ["pl-12345678"]
  self              = true
}

resource "aws_security_group_rule" "unknown" {
  type                     = terraform_data.later.output
  from_port                = length(terraform_data.later.output)
  to_port                  = length(terraform_data.later.output)
  protocol                 = terraform_data.later.output
  security_group_id        = terraform_data.later.output
  source_security_group_id = terraform_data.later.output
  self                     = terraform_data.later.output == "yes"
}

resource "aws_security_group_rule" "reference" {
  count                    = 2
  type                     = ["ingress", "egress"][count.index]
  from_port                = 5432
  to_port                  = 5432
  protocol                 = "tcp"
  security_group_id        = [aws_security_group.empty.id, aws_security_group.known.id][count.index]
  source_security_group_id = aws_security_group.none.id
}

resource "aws_vpc_security_group_ingress_rule" "empty" {
  security_group_id = "sg-0123456789abcdef0"
  ip_protocol       = "-1"
}

resource "aws_vpc_security_group_ingress_rule" "unknown" {
  security_group_id            = terraform_data.later.output
  ip_protocol                  = terraform_data.later.output
  from_port                    = length(terraform_data.later.output)
  to_port                      = length(terraform_data.later.output)
  referenced_security_group_id = terraform_data.later.output
}

resource "aws_vpc_security_group_ingress_rule" "reference" {
  security_group_id            = aws_security_group.empty.id
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
  referenced_security_group_id = aws_security_group.known.id
}

resource "aws_vpc_security_group_egress_rule" "empty" {
  security_group_id = "sg-0123456789abcdef0"
  ip_protocol       = "-1"
}

resource "aws_vpc_security_group_egress_rule" "unknown" {
  security_group_id = terraform_data.later.output
  ip_protocol       = "tcp"
  cidr_ipv4         = terraform_data.later.output
  cidr_ipv6         = terraform_data.later.output
  prefix_list_id    = terraform_data.later.output
}

resource "aws_vpc_security_group_egress_rule" "known" {
  security_group_id = "sg-0123456789abcdef0"
  ip_protocol       = "tcp"
  from_port         = 0
  to_port           = 65535
  cidr_ipv4         = "10.0.0.0/8"
}

resource "aws_vpc_security_group_egress_rule" "reference" {
  security_group_id            = aws_security_group.empty.id
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
  referenced_security_group_id = aws_security_group.known.id
}
