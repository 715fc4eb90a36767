resource "terraform_data" "grant" {
  triggers_replace = [aws_db_instance.main.id]
  provisioner "local-exec" {
    command = <<-EOT
      psql -h ${self.output} -c "GRANT rds_iam TO app"
    EOT
    environment = {
      PGUSER = "admin"
    }
  }
}
