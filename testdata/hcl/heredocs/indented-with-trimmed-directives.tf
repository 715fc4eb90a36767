# Behind a line break that is trimmed the indentation stays.
a = <<-EOT
    %{ if x ~}
      yes
    %{ else ~}
      no
    %{ endif ~}
    end
    EOT
