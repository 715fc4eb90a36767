# hcl2-parser knows no namespaces, and rejects the whole file.
a = provider::aws::arn_parse(x).region
b = provider::time::rfc3339_parse("2026-01-01T00:00:00Z")
