resource "terraform_data" "main" {
  input = [var.number, var.flag]
}
