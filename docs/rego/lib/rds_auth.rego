# METADATA
# title: Helpers for policies over what `rds-auth-policy model PLAN --format opa` prints
# description: |
#   Everything is read from `data.rds_auth`. A value of the model is symbolic: known, absent (an argument that is not
#   set) or unknown (known after apply only). In Rego what is undefined makes a rule silent, and `not` makes it speak:
#   neither is right for a value that nobody knows yet. So ask `is_unknown` first, or compare with `equals`, which has
#   three answers.
package lib.rds_auth

import rego.v1

# True for a value that the plan states.
is_known(value) if value.kind == "known"

# True for an argument that is not set.
is_absent(value) if value.kind == "absent"

# True for a value that is known after apply only.
is_unknown(value) if value.kind == "unknown"

# The value itself; undefined unless it is known.
literal(value) := value.value if value.kind == "known"

# Whether a value equals a literal: true, false or "unknown". What is not set equals nothing but null.
equals(value, wanted) := literal(value) == wanted if is_known(value)

equals(value, wanted) := wanted == null if is_absent(value)

equals(value, _) := "unknown" if is_unknown(value)

# The ways in with a verdict: reachable, unreachable or unknown.
connections(verdict) := {connection |
	some connection in data.rds_auth.connections
	connection.verdict == verdict
}

# What the settings of a database make of a path: the cells of all its rows, with and without a proxy.
cells(database, path) := {cell |
	some row in data.rds_auth.matrix
	row.database == database
	cell := row.paths[path]
}

# The legs of a way in that have a status: ok, broken, assumed or unknown.
legs(connection, status) := [leg |
	some leg in connection.legs
	leg.status == status
]

# A database, proxy, secret or principal of the model by its address.
entity(kind, address) := found if {
	some found in data.rds_auth.model[kind]
	found.address == address
}

# `app: aws_iam_role.orders -> aws_db_proxy.main -> aws_db_instance.main (iam-proxy-rds)`
describe(connection) := sprintf("%s: %s (%s)", [user_of(connection), concat(" -> ", stops), connection.path]) if {
	stops := [stop |
		some key in ["principal", "proxy", "database"]
		stop := connection[key]
		stop != null
	]
}

# The database user, in words where nobody can see who that is.
user_of(connection) := connection.user if connection.user != null

user_of(connection) := "some user" if connection.user == null

# `main.tf:88`, or the address where no source was read.
place(origin) := sprintf("%s:%d", [origin.file, origin.line]) if origin.file

place(origin) := origin.address if not origin.file
