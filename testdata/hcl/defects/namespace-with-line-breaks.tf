a = [core::max(1, 2), provider :: aws :: trim_iam_role_path(x)]
