service "http" "web" "proxy" {
  port = 5432
}
