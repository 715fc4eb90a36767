################################################################################
# HMAC key
################################################################################

resource "aws_secretsmanager_secret" "hmac_key" {
  name        = "${var.name}/hmac-key"
  description = "HMAC key of the run task ${var.name}"
  tags        = var.tags
}

resource "aws_secretsmanager_secret_version" "hmac_key" {
  secret_id                = aws_secretsmanager_secret.hmac_key.id
  secret_string_wo         = var.hmac_key
  secret_string_wo_version = var.hmac_key_version
}

################################################################################
# Role
################################################################################

data "aws_iam_policy_document" "assume" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "this" {
  name               = var.name
  description        = "Writes the logs of the run task ${var.name} and reads its HMAC key"
  assume_role_policy = data.aws_iam_policy_document.assume.json
  tags               = var.tags
}

data "aws_iam_policy_document" "this" {
  statement {
    sid       = "WriteLogs"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.this.arn}:log-stream:*"]
  }

  statement {
    sid       = "ReadHmacKey"
    actions   = ["secretsmanager:GetSecretValue"]
    resources = [aws_secretsmanager_secret.hmac_key.arn]
  }
}

resource "aws_iam_role_policy" "this" {
  name   = var.name
  role   = aws_iam_role.this.id
  policy = data.aws_iam_policy_document.this.json
}

################################################################################
# Function
################################################################################

# Made here, so that logs do not stay for ever in a group that Lambda makes.
resource "aws_cloudwatch_log_group" "this" {
  name              = "/aws/lambda/${var.name}"
  retention_in_days = var.log_retention_days
  tags              = var.tags
}

data "archive_file" "program" {
  type        = "zip"
  source_file = var.program
  output_path = "${path.root}/.terraform/${var.name}.zip"
}

locals {
  organization_files = { for name, text in var.organization_configurations : name => "organizations/${name}.yaml" }
}

data "archive_file" "configuration" {
  type        = "zip"
  output_path = "${path.root}/.terraform/${var.name}-configuration.zip"

  source {
    filename = "rds-auth-policy.yaml"
    content  = var.configuration
  }

  dynamic "source" {
    for_each = var.organization_configurations

    content {
      filename = local.organization_files[source.key]
      content  = source.value
    }
  }
}

# Beside the program: a zip of both would put the text of the program into the state.
resource "aws_lambda_layer_version" "configuration" {
  layer_name       = "${var.name}-configuration"
  description      = "Configuration that ${var.name} judges by"
  filename         = data.archive_file.configuration.output_path
  source_code_hash = data.archive_file.configuration.output_base64sha256
}

resource "aws_lambda_function" "this" {
  function_name = var.name
  description   = "Run task: can clients log in to Amazon RDS after this plan?"
  role          = aws_iam_role.this.arn

  filename         = data.archive_file.program.output_path
  source_code_hash = data.archive_file.program.output_base64sha256
  handler          = "index.handler"
  runtime          = "nodejs22.x"
  architectures    = ["arm64"]
  layers           = [var.secrets_extension_layer_arn, aws_lambda_layer_version.configuration.arn]

  memory_size                    = var.memory_mb
  timeout                        = var.timeout_seconds
  reserved_concurrent_executions = var.reserved_concurrency

  # A plan, an archive, what it unpacks to, and the report.
  ephemeral_storage {
    size = max(1024, var.max_plan_mb + var.max_configuration_mb + 512)
  }

  environment {
    variables = {
      RDS_AUTH_POLICY_HMAC_SECRET          = aws_secretsmanager_secret.hmac_key.arn
      RDS_AUTH_POLICY_ACCEPT_PREVIOUS      = tostring(var.accept_previous_hmac_key)
      RDS_AUTH_POLICY_ALLOW_HOST           = join(",", var.allowed_hosts)
      RDS_AUTH_POLICY_CONFIG_ONLY          = "/opt/rds-auth-policy.yaml"
      RDS_AUTH_POLICY_ORGANIZATION         = join(",", [for name, file in local.organization_files : "${name}=/opt/${file}"])
      RDS_AUTH_POLICY_UNKNOWN              = var.unknown
      RDS_AUTH_POLICY_MAX_RUN_AGE          = tostring(var.max_run_age_hours)
      RDS_AUTH_POLICY_MAX_PLAN_MB          = tostring(var.max_plan_mb)
      RDS_AUTH_POLICY_MAX_CONFIGURATION_MB = tostring(var.max_configuration_mb)
    }
  }

  logging_config {
    log_format = "Text"
    log_group  = aws_cloudwatch_log_group.this.name
  }

  tags = var.tags

  # A function that cannot read its key answers every request with 500.
  depends_on = [aws_iam_role_policy.this, aws_secretsmanager_secret_version.hmac_key]
}

################################################################################
# Address
################################################################################

# HCP Terraform cannot sign for IAM: what it posts is signed with the HMAC key, which the function asks for first of all.
resource "aws_lambda_function_url" "this" {
  function_name      = aws_lambda_function.this.function_name
  authorization_type = "NONE"
  invoke_mode        = "BUFFERED"
}

resource "aws_lambda_permission" "function_url" {
  statement_id           = "CallFunctionUrl"
  action                 = "lambda:InvokeFunctionUrl"
  function_name          = aws_lambda_function.this.function_name
  principal              = "*"
  function_url_auth_type = "NONE"
}

# AWS asks for both since October 2025. This one holds by the function URL alone.
resource "aws_lambda_permission" "function" {
  statement_id             = "InvokeByFunctionUrl"
  action                   = "lambda:InvokeFunction"
  function_name            = aws_lambda_function.this.function_name
  principal                = "*"
  invoked_via_function_url = true
}
