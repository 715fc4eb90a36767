a = x.y[0].z["w"].v
b = module.proxy["main"].arn
c = aws_db_instance.main[count.index].arn
