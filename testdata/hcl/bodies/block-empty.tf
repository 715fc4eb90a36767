locals {
}
locals {}
locals { }
