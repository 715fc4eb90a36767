# METADATA
# title: An example of rules for conftest and OPA
package main

import data.lib.rds_auth
import rego.v1

# A way in that the configuration means and that cannot work.
deny contains {"msg": msg, "connection": connection.id} if {
	some connection in rds_auth.connections("unreachable")
	some leg in rds_auth.legs(connection, "broken")
	msg := sprintf("%s is broken at %s: %s", [rds_auth.describe(connection), leg.leg, leg.reason])
}

# A rule of one's own over settings: no password may open a database of its own accord, where a proxy fronts it.
deny contains {"msg": msg} if {
	some row in data.rds_auth.matrix
	row.proxy == null
	row.paths["password-rds"] == "open"
	some other in data.rds_auth.matrix
	other.database == row.database
	other.proxy != null
	msg := sprintf("%s takes passwords beside %s", [row.database, other.proxy])
}

# A rule over the model: an unknown is said, and not taken for a no.
deny contains {"msg": msg} if {
	some proxy in data.rds_auth.model.proxies
	rds_auth.equals(proxy.requireTls, true) == false
	msg := sprintf("%s does not require TLS (%s)", [proxy.address, rds_auth.place(proxy.requireTls.origin)])
}

warn contains {"msg": msg} if {
	some proxy in data.rds_auth.model.proxies
	rds_auth.equals(proxy.requireTls, true) == "unknown"
	msg := sprintf("whether %s requires TLS is known after apply", [proxy.address])
}
