a = <<EOT
100% of $5
$${x} %%{ if y }
$
%
$$ %%
EOT
