a = x.y
b = x.y.z
c = var.proxy.auth.secret_arn
d = data.aws_region.current.name
