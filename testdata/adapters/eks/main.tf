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

resource "aws_iam_role" "a" {
  assume_role_policy = "{}"
}

resource "aws_eks_pod_identity_association" "empty" {
  cluster_name    = "main"
  namespace       = "orders"
  service_account = "orders"
  role_arn        = "arn:aws:iam::123456789012:role/orders"
}

resource "aws_eks_pod_identity_association" "unknown" {
  cluster_name    = "main"
  namespace       = "orders"
  service_account = "orders"
  role_arn        = terraform_data.later.output
}

resource "aws_eks_pod_identity_association" "reference" {
  cluster_name    = "main"
  namespace       = "orders"
  service_account = "orders"
  role_arn        = aws_iam_role.a.arn
}

resource "aws_eks_pod_identity_association" "chained" {
  cluster_name    = "main"
  namespace       = "orders"
  service_account = "orders"
  role_arn        = aws_iam_role.a.arn
  target_role_arn = "arn:aws:iam::210987654321:role/orders"
}

locals {
  trust = {
    Effect    = "Allow"
    Action    = "sts:AssumeRoleWithWebIdentity"
    Principal = { Federated = "arn:aws:iam::123456789012:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF" }
  }
}

resource "aws_iam_role" "pod" {
  name               = "pod"
  assume_role_policy = jsonencode({ Statement = [local.trust] })
}

resource "aws_iam_role" "denied" {
  assume_role_policy = jsonencode({ Statement = [merge(local.trust, { Effect = "Deny" })] })
}

resource "aws_iam_role" "other_action" {
  assume_role_policy = jsonencode({ Statement = [merge(local.trust, { Action = "sts:AssumeRoleWithSAML" })] })
}

resource "aws_iam_role" "saml" {
  assume_role_policy = jsonencode({
    Statement = [merge(local.trust, { Principal = { Federated = "arn:aws:iam::123456789012:saml-provider/corporate" } })]
  })
}

resource "aws_iam_role" "github" {
  assume_role_policy = jsonencode({
    Statement = [merge(local.trust, {
      Principal = { Federated = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com" }
    })]
  })
}

resource "aws_iam_openid_connect_provider" "cluster" {
  url            = terraform_data.later.output
  client_id_list = ["sts.amazonaws.com"]
}

resource "aws_iam_openid_connect_provider" "github" {
  url            = "https://token.actions.githubusercontent.com"
  client_id_list = ["sts.amazonaws.com"]
}

data "aws_iam_policy_document" "pod" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]

    principals {
      type        = "Federated"
      identifiers = [aws_iam_openid_connect_provider.cluster.arn]
    }
  }
}

resource "aws_iam_role" "pod_reference" {
  assume_role_policy = data.aws_iam_policy_document.pod.json
}

data "aws_eks_cluster" "main" {
  name = terraform_data.later.output
}

data "aws_iam_policy_document" "pod_of_cluster" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]

    principals {
      type        = "Federated"
      identifiers = ["arn:aws:iam::123456789012:oidc-provider/${replace(data.aws_eks_cluster.main.identity[0].oidc[0].issuer, "https://", "")}"]
    }
  }
}

resource "aws_iam_role" "pod_of_cluster" {
  assume_role_policy = data.aws_iam_policy_document.pod_of_cluster.json
}

data "aws_iam_policy_document" "github" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]

    principals {
      type        = "Federated"
      identifiers = [aws_iam_openid_connect_provider.github.arn]
    }
  }
}

resource "aws_iam_role" "github_reference" {
  assume_role_policy = data.aws_iam_policy_document.github.json
}

resource "aws_iam_role" "unknown" {
  assume_role_policy = terraform_data.later.output
}
