/**
 * Configuration as users write it: databases, each with its proxy, security groups, roles and policies, in native syntax.
 */

const stack = (n) => `# Stack ${n}: a database, its proxy, and who may log in.
resource "aws_db_instance" "db_${n}" {
  identifier                          = "\${var.prefix}-orders-${n}"
  engine                              = "postgres"
  engine_version                      = "16.3"
  instance_class                      = var.instance_classes["orders"]
  allocated_storage                   = 100
  db_name                             = "orders"
  username                            = "postgres"
  manage_master_user_password         = true
  iam_database_authentication_enabled = true
  db_subnet_group_name                = aws_db_subnet_group.main.name
  vpc_security_group_ids              = [aws_security_group.db_${n}.id]
  skip_final_snapshot                 = true
  tags                                = merge(local.tags, { Name = "orders-${n}" })
}

resource "aws_security_group" "db_${n}" {
  name   = "\${var.prefix}-db-${n}"
  vpc_id = module.vpc.vpc_id

  ingress {
    from_port       = 5432
    to_port         = 5432
    protocol        = "tcp"
    security_groups = [aws_security_group.proxy_${n}.id]
  }
}

resource "aws_security_group" "proxy_${n}" {
  name   = "\${var.prefix}-proxy-${n}"
  vpc_id = module.vpc.vpc_id

  dynamic "ingress" {
    for_each = { for name, client in var.clients : name => client if client.enabled }
    content {
      description = "from \${ingress.key}"
      from_port   = 5432
      to_port     = 5432
      protocol    = "tcp"
      cidr_blocks = ingress.value.cidrs
    }
  }
}

resource "aws_db_proxy" "proxy_${n}" {
  name                   = "\${var.prefix}-proxy-${n}"
  engine_family          = "POSTGRESQL"
  require_tls            = true
  role_arn               = aws_iam_role.proxy_${n}.arn
  vpc_subnet_ids         = module.vpc.private_subnets[*]
  vpc_security_group_ids = [aws_security_group.proxy_${n}.id]

  auth {
    auth_scheme = "SECRETS"
    iam_auth    = var.iam ? "REQUIRED" : "DISABLED"
    secret_arn  = aws_db_instance.db_${n}.master_user_secret[0].secret_arn
  }
}

resource "aws_db_proxy_target" "proxy_${n}" {
  db_proxy_name          = aws_db_proxy.proxy_${n}.name
  target_group_name      = "default"
  db_instance_identifier = aws_db_instance.db_${n}.identifier
}

resource "aws_iam_role" "proxy_${n}" {
  name = "\${var.prefix}-proxy-${n}"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "rds.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy" "proxy_${n}" {
  role   = aws_iam_role.proxy_${n}.name
  policy = <<-JSON
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Effect": "Allow",
          "Action": "secretsmanager:GetSecretValue",
          "Resource": "\${aws_db_instance.db_${n}.master_user_secret[0].secret_arn}"
        }
      ]
    }
  JSON
}

data "aws_iam_policy_document" "connect_${n}" {
  statement {
    effect    = "Allow"
    actions   = ["rds-db:connect"]
    resources = ["arn:aws:rds-db:\${var.region}:\${local.account}:dbuser:\${aws_db_instance.db_${n}.resource_id}/app"]
  }
}
`;

/** Whole stacks, of at least so many lines in all. */
export function makeConfiguration(lines) {
  const perStack = stack(0).split('\n').length;
  return Array.from({ length: Math.ceil(lines / perStack) }, (_, n) => stack(n)).join('\n');
}

/** One stack: a file of a usual size. */
export const makeFile = stack;
