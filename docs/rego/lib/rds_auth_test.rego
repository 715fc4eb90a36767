package lib.rds_auth_test

import data.lib.rds_auth
import rego.v1

origin := {"address": "aws_db_proxy.main", "path": "require_tls"}

values := {
	"known": {"kind": "known", "value": true, "origin": origin},
	"absent": {"kind": "absent", "origin": origin},
	"unknown": {"kind": "unknown", "origin": origin, "references": [], "trailEnds": []},
}

connection := {
	"path": "iam-proxy-rds", "user": "app", "principal": "aws_iam_role.orders",
	"proxy": "aws_db_proxy.main", "database": "aws_db_instance.main", "verdict": "unreachable",
	"legs": [{"leg": "grant", "status": "broken"}, {"leg": "tls", "status": "ok"}],
}

test_equals_has_three_answers if {
	rds_auth.equals(values.known, true) == true
	rds_auth.equals(values.known, false) == false
	rds_auth.equals(values.absent, true) == false
	rds_auth.equals(values.absent, null) == true
	rds_auth.equals(values.unknown, true) == "unknown"
	rds_auth.equals(values.unknown, false) == "unknown"
}

test_literal_is_undefined_for_what_is_not_known if {
	rds_auth.literal(values.known) == true
	not rds_auth.literal(values.absent)
	not rds_auth.literal(values.unknown)
}

test_connections_by_verdict if {
	found := rds_auth.connections("unreachable") with data.rds_auth as {"connections": [connection]}
	found == {connection}
	none := rds_auth.connections("reachable") with data.rds_auth as {"connections": [connection]}
	none == set()
}

test_cells_of_all_rows if {
	matrix := [
		{"database": "a", "proxy": null, "paths": {"password-rds": "open"}},
		{"database": "a", "proxy": "p", "paths": {"password-rds": "closed"}},
		{"database": "b", "proxy": null, "paths": {"password-rds": "unknown"}},
	]
	found := rds_auth.cells("a", "password-rds") with data.rds_auth as {"matrix": matrix}
	found == {"open", "closed"}
}

test_legs_by_status if {
	rds_auth.legs(connection, "broken") == [{"leg": "grant", "status": "broken"}]
}

test_entity_by_address if {
	model := {"proxies": [{"address": "aws_db_proxy.main"}]}
	found := rds_auth.entity("proxies", "aws_db_proxy.main") with data.rds_auth as {"model": model}
	found.address == "aws_db_proxy.main"
	not rds_auth.entity("proxies", "aws_db_proxy.other") with data.rds_auth as {"model": model}
}

test_describe if {
	rds_auth.describe(connection) == "app: aws_iam_role.orders -> aws_db_proxy.main -> aws_db_instance.main (iam-proxy-rds)"
	nobody := object.union(connection, {"user": null, "principal": null})
	rds_auth.describe(nobody) == "some user: aws_db_proxy.main -> aws_db_instance.main (iam-proxy-rds)"
}

test_place if {
	rds_auth.place(object.union(origin, {"file": "main.tf", "line": 88})) == "main.tf:88"
	rds_auth.place(origin) == "aws_db_proxy.main"
}
