moved {
  from = aws_db_proxy.old
  to   = module.proxy["main"].aws_db_proxy.main
}
import {
  to = aws_db_instance.main
  id = "main"
}
removed {
  from = aws_db_instance.old
  lifecycle {
    destroy = false
  }
}
check "health" {
  data "http" "proxy" {
    url = "https://${aws_db_proxy.main.endpoint}"
  }
  assert {
    condition     = data.http.proxy.status_code == 200
    error_message = "Not there: ${data.http.proxy.status_code}."
  }
}
