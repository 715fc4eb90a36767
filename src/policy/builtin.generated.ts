// Made by scripts/generate.mjs from policies/**/policy.yaml. Do not edit.

import type { SetDescription } from '../model/policy.ts';
import type { DeclaredPolicy } from './compiled-policy.ts';

export const builtinSets: readonly SetDescription[] = [
  {
    "id": "organization",
    "title": "What a team forbids, or asks for, beyond what AWS does",
    "enabledByDefault": false
  },
  {
    "id": "reachability",
    "title": "What is meant to connect, connects",
    "enabledByDefault": true
  }
];

export const builtinPolicies: readonly DeclaredPolicy[] = [
  {
    "policy": {
      "id": "client-network-blocked",
      "set": "reachability",
      "title": "A client has no way to the endpoint that it uses",
      "subject": "client",
      "severity": "high",
      "enforcement": "advisory",
      "mandatoryWhen": "!client.groupsLetThrough",
      "assert": "client.reachesEndpoint",
      "message": "{{reachesEndpoint}}",
      "remediation": "{{networkMend}}",
      "why": "A client needs egress in its own security groups and ingress in those of the endpoint, on the port on which that listens; a proxy has no address outside its VPC.",
      "references": [
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-network-prereqs.html",
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.RDSSecurityGroups.html"
      ]
    },
    "when": null,
    "assert": {
      "op": "attribute",
      "of": "client",
      "name": "reachesEndpoint"
    },
    "mandatoryWhen": {
      "op": "not",
      "operand": {
        "op": "attribute",
        "of": "client",
        "name": "groupsLetThrough"
      }
    }
  },
  {
    "policy": {
      "id": "connect-action-misspelled",
      "set": "reachability",
      "title": "Grant misspells rds-db:connect",
      "subject": "grant",
      "severity": "high",
      "enforcement": "mandatory",
      "assert": "grant.actionSpelled",
      "message": "{{actionSpelled}}",
      "remediation": "In {{address}} replace the action {{action}} by:\n  \"rds-db:connect\"",
      "why": "IAM accepts any action name without complaint, and only rds-db:connect lets a principal log in.",
      "references": [
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.IAMPolicy.html",
        "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrdsiamauthentication.html"
      ],
      "aliases": [
        "A06"
      ]
    },
    "when": null,
    "assert": {
      "op": "attribute",
      "of": "grant",
      "name": "actionSpelled"
    }
  },
  {
    "policy": {
      "id": "connect-arn-not-resource-id",
      "set": "reachability",
      "title": "Grant does not name the resource id",
      "subject": "grant",
      "severity": "high",
      "enforcement": "mandatory",
      "assert": "grant.namesResourceId",
      "message": "{{namesResourceId}}",
      "remediation": "{{resourceMend}}",
      "why": "IAM compares the resource id (db-… of an instance, cluster-… of a cluster, prx-… of a proxy), a slash and the user, and nothing else; a proxy has no attribute for its id: it is the last part of its ARN.",
      "references": [
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.IAMPolicy.html",
        "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.IAMDBAuth.IAMPolicy.html",
        "https://github.com/hashicorp/terraform-provider-aws/issues/47953"
      ],
      "aliases": [
        "A01",
        "A02",
        "A03",
        "A05"
      ]
    },
    "when": null,
    "assert": {
      "op": "attribute",
      "of": "grant",
      "name": "namesResourceId"
    }
  },
  {
    "policy": {
      "id": "connect-arn-wrong-scope",
      "set": "reachability",
      "title": "Grant names another service, partition, region or account",
      "subject": "grant",
      "severity": "high",
      "enforcement": "mandatory",
      "assert": "grant.inScope",
      "message": "{{inScope}}",
      "remediation": "{{scopeMend}}",
      "why": "IAM compares the whole ARN, so a grant for another service than rds-db, or another partition, region or account than that of the database or proxy, never applies, and neither does one to a principal of another account.",
      "references": [
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.IAMPolicy.html"
      ],
      "aliases": [
        "A07",
        "A12"
      ]
    },
    "when": null,
    "assert": {
      "op": "attribute",
      "of": "grant",
      "name": "inScope"
    }
  },
  {
    "policy": {
      "id": "connect-condition-unsupported",
      "set": "reachability",
      "title": "Grant has a condition that can never hold",
      "subject": "grant",
      "severity": "high",
      "enforcement": "mandatory",
      "assert": "grant.conditionCanHold",
      "message": "{{conditionCanHold}}",
      "remediation": "{{conditionMend}}\nTo limit where clients connect from, use the security groups of {{endpoint}}; to limit who they are, put the condition in the trust policy of {{principal}}.",
      "why": "A database login carries no such condition key (proxies support no global key at all), so an Allow that asks for one never applies.",
      "references": [
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.html",
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.html",
        "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrdsiamauthentication.html"
      ],
      "aliases": [
        "A10"
      ]
    },
    "when": null,
    "assert": {
      "op": "attribute",
      "of": "grant",
      "name": "conditionCanHold"
    }
  },
  {
    "policy": {
      "id": "connect-grant-denied",
      "set": "reachability",
      "title": "Grant that a Deny, a permissions boundary or an exclusive list takes back",
      "subject": "denial",
      "severity": "high",
      "enforcement": "mandatory",
      "assert": "denial.takesNothingBack",
      "message": "{{takesNothingBack}}",
      "remediation": "{{denialMend}}",
      "why": "An explicit Deny outweighs every Allow, a permissions boundary lets through only what it allows itself, and an exclusive list takes away every policy that is not on it.",
      "references": [
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html",
        "https://github.com/hashicorp/terraform-provider-aws/blob/main/website/docs/r/iam_role_policies_exclusive.html.markdown"
      ],
      "aliases": [
        "A13"
      ]
    },
    "when": null,
    "assert": {
      "op": "attribute",
      "of": "denial",
      "name": "takesNothingBack"
    }
  },
  {
    "policy": {
      "id": "connect-grant-iam-disabled",
      "set": "reachability",
      "title": "Grant for an endpoint that takes no IAM tokens",
      "subject": "grant",
      "severity": "high",
      "enforcement": "mandatory",
      "assert": "grant.endpointTakesIam",
      "message": "{{endpointTakesIam}}",
      "remediation": "{{endpointSettingMend}}",
      "why": "The grant lets its principal ask for a token, and the database or proxy refuses it as long as its own settings do not offer IAM to this user.",
      "references": [
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.Enabling.html",
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-iam-setup.html",
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-troubleshooting.html"
      ],
      "aliases": [
        "B10",
        "E01"
      ]
    },
    "when": null,
    "assert": {
      "op": "attribute",
      "of": "grant",
      "name": "endpointTakesIam"
    }
  },
  {
    "policy": {
      "id": "connect-grant-on-execution-role",
      "set": "reachability",
      "title": "The login is granted to the execution role of an ECS task",
      "subject": "grant",
      "severity": "high",
      "enforcement": "mandatory",
      "assert": "grant.heldByProgram",
      "message": "{{heldByProgram}}",
      "remediation": "{{holderMend}}\n{{principal}} itself needs no rds-db:connect.",
      "why": "ECS pulls the image and writes logs with the execution role; the program in the task has the permissions of the task role alone.",
      "references": [
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html"
      ],
      "aliases": [
        "A11"
      ]
    },
    "when": null,
    "assert": {
      "op": "attribute",
      "of": "grant",
      "name": "heldByProgram"
    }
  },
  {
    "policy": {
      "id": "connect-grant-other-endpoint",
      "set": "reachability",
      "title": "The client uses one endpoint, and its role is granted another",
      "subject": "grant",
      "severity": "high",
      "enforcement": "mandatory",
      "assert": "grant.namesClientEndpoint",
      "message": "{{namesClientEndpoint}}",
      "remediation": "In the statement of {{address}} that allows rds-db:connect on {{endpoint}}, write as resource:\n  \"{{clientConnectResource}}\"\nOr give the client the host name of {{endpoint}} instead.",
      "why": "A proxy, the database behind it and each of its replicas have resource ids of their own, and IAM compares that of the endpoint to which the client connects.",
      "references": [
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.IAMPolicy.html",
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-iam-migration.html"
      ],
      "aliases": [
        "A04"
      ]
    },
    "when": null,
    "assert": {
      "op": "attribute",
      "of": "grant",
      "name": "namesClientEndpoint"
    }
  },
  {
    "policy": {
      "id": "connect-grant-too-broad",
      "set": "security",
      "title": "Grant of a login takes in every database and user",
      "subject": "connectStatement",
      "severity": "medium",
      "enforcement": "advisory",
      "assert": "connectStatement.narrow",
      "message": "{{narrow}}",
      "remediation": "{{narrowMend}}",
      "why": "Whoever holds it logs in to every database that takes IAM tokens, those of tomorrow included, as any of its users, the master user included where that one is defined for IAM.",
      "references": [
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.IAMPolicy.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html"
      ],
      "aliases": [
        "A09"
      ]
    },
    "when": null,
    "assert": {
      "op": "attribute",
      "of": "connectStatement",
      "name": "narrow"
    }
  },
  {
    "policy": {
      "id": "connect-user-without-secret",
      "set": "reachability",
      "title": "Grant for a user whose secret the proxy does not have",
      "subject": "grant",
      "severity": "high",
      "enforcement": "mandatory",
      "assert": "grant.userHasSecret",
      "message": "{{userHasSecret}}",
      "remediation": "{{secretMend}}",
      "why": "A proxy in standard IAM mode checks the token and then logs in with the secret of the same user; without one it answers: This RDS proxy has no credentials for the role.",
      "references": [
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-troubleshooting.html",
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-secrets-arns.html"
      ],
      "aliases": [
        "A08",
        "B12"
      ]
    },
    "when": null,
    "assert": {
      "op": "attribute",
      "of": "grant",
      "name": "userHasSecret"
    }
  },
  {
    "policy": {
      "id": "database-iam-auth-disabled",
      "set": "security",
      "title": "IAM authentication is off",
      "subject": "database",
      "severity": "medium",
      "enforcement": "advisory",
      "assert": "database.iamWhereSupported",
      "message": "{{iamWhereSupported}}",
      "remediation": "In {{address}} write:\n  iam_database_authentication_enabled = true",
      "why": "With IAM authentication a login needs no password that can be stolen, lasts 15 minutes as a token, and is granted and taken back in IAM.",
      "references": [
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.html",
        "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.IAMDBAuth.html",
        "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html"
      ],
      "aliases": [
        "RDS.10",
        "RDS.12",
        "CKV_AWS_161",
        "CKV_AWS_162",
        "AWS-0176",
        "AVD-AWS-0176",
        "aws-rds-enable-iam-auth",
        "rds-instance-iam-authentication-enabled",
        "rds-cluster-iam-authentication-enabled",
        "CT.RDS.PR.4",
        "CT.RDS.PR.7",
        "AwsSolutions-RDS6",
        "rds_instance_iam_authentication_enabled",
        "rds_cluster_iam_authentication_enabled"
      ]
    },
    "when": null,
    "assert": {
      "op": "attribute",
      "of": "database",
      "name": "iamWhereSupported"
    }
  },
  {
    "policy": {
      "id": "database-public-with-password",
      "set": "security",
      "title": "A public address, and a password is enough",
      "subject": "database",
      "severity": "high",
      "enforcement": "advisory",
      "assert": "database.notPublic",
      "message": "{{notPublic}}",
      "remediation": "{{publicMend}}",
      "why": "Every database takes a password, at least that of its master user, and a public address lets everybody try whom the security groups let through.",
      "references": [
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html",
        "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html"
      ],
      "aliases": [
        "RDS.2",
        "CKV_AWS_17",
        "AWS-0180",
        "aws-rds-no-public-db-access",
        "rds-instance-public-access-check",
        "35113e6f-2c6b-414d-beec-7a9482d3b2d1"
      ]
    },
    "when": null,
    "assert": {
      "op": "attribute",
      "of": "database",
      "name": "notPublic"
    }
  },
  {
    "policy": {
      "id": "database-tls-not-enforced",
      "set": "security",
      "title": "The database takes connections without TLS",
      "subject": "database",
      "severity": "medium",
      "enforcement": "advisory",
      "assert": "database.enforcesTls",
      "message": "{{enforcesTls}}",
      "remediation": "{{tlsMend}}",
      "why": "A client that asks for no TLS sends its queries, and in some methods its password, through the network in clear text, and nobody notices.",
      "references": [
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html",
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/mysql-ssl-connections.require-ssl.html",
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/mariadb-ssl-connections.require-ssl.html",
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/SQLServer.Concepts.General.SSL.Using.html",
        "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html"
      ],
      "aliases": [
        "CKV2_AWS_69",
        "RDS.38",
        "RDS.39",
        "RDS.41",
        "RDS.44",
        "rds-postgres-instance-encrypted-in-transit",
        "rds-mysql-instance-encrypted-in-transit",
        "rds-sqlserver-encrypted-in-transit",
        "rds-mariadb-instance-encrypted-in-transit"
      ]
    },
    "when": null,
    "assert": {
      "op": "attribute",
      "of": "database",
      "name": "enforcesTls"
    }
  },
  {
    "policy": {
      "id": "database-user-other-method",
      "set": "reachability",
      "title": "A database user is defined for another method than a way in needs",
      "subject": "databaseUser",
      "severity": "high",
      "enforcement": "mandatory",
      "assert": "databaseUser.usedAsDefined",
      "message": "{{usedAsDefined}}",
      "remediation": "{{methodMend}}",
      "why": "A database user has one method: with rds_iam, or AWSAuthenticationPlugin, it logs in by IAM and its password is refused, and without it no token is taken.",
      "references": [
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.DBAccounts.html",
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/database-authentication.html"
      ],
      "aliases": [
        "B13",
        "E10"
      ]
    },
    "when": null,
    "assert": {
      "op": "attribute",
      "of": "databaseUser",
      "name": "usedAsDefined"
    }
  },
  {
    "policy": {
      "id": "direct-access-forbidden",
      "set": "organization",
      "title": "Others than proxies reach the database",
      "subject": "database",
      "severity": "high",
      "enforcement": "mandatory",
      "assert": "database.admitsProxiesOnly",
      "message": "{{address}} is for proxies alone: {{admitsProxiesOnly}}",
      "remediation": "{{admitMend}}",
      "why": "A client that goes past the proxy takes connections that the proxy was to share, and logs in by none of its rules.",
      "references": [
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.RDSSecurityGroups.html",
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-network-prereqs.html"
      ]
    },
    "when": null,
    "assert": {
      "op": "attribute",
      "of": "database",
      "name": "admitsProxiesOnly"
    },
    "offByDefault": true
  },
  {
    "policy": {
      "id": "iam-auth-change-pending",
      "set": "security",
      "title": "A change of IAM authentication waits for the maintenance window",
      "subject": "database",
      "severity": "low",
      "enforcement": "advisory",
      "assert": "database.flagChangesAtOnce",
      "message": "{{flagChangesAtOnce}}",
      "remediation": "In {{address}} write:\n  apply_immediately = true",
      "why": "Terraform reports the change as made while RDS holds it back until the maintenance window, and until then tokens are refused, or taken, as they were before.",
      "references": [
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.Enabling.html"
      ],
      "aliases": [
        "E05"
      ]
    },
    "when": null,
    "assert": {
      "op": "attribute",
      "of": "database",
      "name": "flagChangesAtOnce"
    }
  },
  {
    "policy": {
      "id": "iam-auth-log-not-exported",
      "set": "security",
      "title": "Refused IAM tokens are not logged",
      "subject": "database",
      "severity": "info",
      "enforcement": "advisory",
      "assert": "database.exportsIamErrors",
      "message": "{{exportsIamErrors}}",
      "remediation": "{{errorLogMend}}",
      "why": "A refused token looks to the client like a wrong password, and only this log says why it was refused and who tried.",
      "references": [
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.Troubleshooting.html",
        "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.IAMDBAuth.Troubleshooting.html"
      ],
      "aliases": [
        "E11"
      ]
    },
    "when": null,
    "assert": {
      "op": "attribute",
      "of": "database",
      "name": "exportsIamErrors"
    }
  },
  {
    "policy": {
      "id": "iam-auth-on-aurora-instance",
      "set": "reachability",
      "title": "IAM authentication set on an instance of an Aurora cluster",
      "subject": "database",
      "severity": "high",
      "enforcement": "mandatory",
      "assert": "database.flagOnCluster",
      "message": "{{flagOnCluster}}",
      "remediation": "{{flagMend}}",
      "why": "In Aurora the cluster carries IAM authentication; on an instance the setting does nothing, and IAM logins stay closed.",
      "references": [
        "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html",
        "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.IAMDBAuth.Enabling.html"
      ],
      "aliases": [
        "E02",
        "E3682"
      ]
    },
    "when": null,
    "assert": {
      "op": "attribute",
      "of": "database",
      "name": "flagOnCluster"
    }
  },
  {
    "policy": {
      "id": "iam-auth-on-small-class",
      "set": "security",
      "title": "IAM authentication on a class with little memory",
      "subject": "database",
      "severity": "info",
      "enforcement": "advisory",
      "assert": "database.hasMemoryForIam",
      "message": "{{hasMemoryForIam}}",
      "remediation": "{{memoryMend}}",
      "why": "IAM authentication takes 300 to 1000 MiB, of the one or two GiB that such a class has, and a database that runs short of memory refuses logins of every kind.",
      "references": [
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.html",
        "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.IAMDBAuth.html"
      ],
      "aliases": [
        "E09"
      ]
    },
    "when": null,
    "assert": {
      "op": "attribute",
      "of": "database",
      "name": "hasMemoryForIam"
    }
  },
  {
    "policy": {
      "id": "iam-auth-through-cname",
      "set": "reachability",
      "title": "A DNS name of one's own before an endpoint that is reached by IAM or TLS",
      "subject": "dnsRecord",
      "severity": "medium",
      "enforcement": "advisory",
      "mandatoryWhen": "dnsRecord.usedWithIam",
      "assert": "dnsRecord.standsForNoLogin",
      "message": "{{standsForNoLogin}}",
      "remediation": "Let clients of {{address}} use the name of the endpoint itself, to make the token and to connect:\n  {{hostExpression}}",
      "why": "An authentication token is made for the name of the endpoint and refused with any other, and a proxy cannot prove another name in a TLS connection whose client checks it.",
      "references": [
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.html",
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.html"
      ],
      "aliases": [
        "D09"
      ]
    },
    "when": null,
    "assert": {
      "op": "attribute",
      "of": "dnsRecord",
      "name": "standsForNoLogin"
    },
    "mandatoryWhen": {
      "op": "attribute",
      "of": "dnsRecord",
      "name": "usedWithIam"
    }
  },
  {
    "policy": {
      "id": "iam-auth-unsupported",
      "set": "reachability",
      "title": "IAM authentication where the engine has none",
      "subject": "database",
      "severity": "high",
      "enforcement": "mandatory",
      "assert": "database.supportsIam",
      "message": "{{supportsIam}}",
      "remediation": "In {{address}} write:\n  iam_database_authentication_enabled = false\nClients then log in by password; delete what grants them rds-db:connect on it.\nTo use IAM instead, move to an engine, version and instance class that has it.",
      "why": "RDS rejects IAM database authentication where engine, version, class or mode does not have it (IAM Database Authentication is not supported for this configuration).",
      "references": [
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.RDS_Fea_Regions_DB-eng.Feature.IamDatabaseAuthentication.html",
        "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.IAMDBAuth.html",
        "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html"
      ],
      "aliases": [
        "E03",
        "E04",
        "E07",
        "pf-rds-iam-auth-engine"
      ]
    },
    "when": null,
    "assert": {
      "op": "attribute",
      "of": "database",
      "name": "supportsIam"
    }
  },
  {
    "policy": {
      "id": "iam-auth-with-kerberos",
      "set": "reachability",
      "title": "Kerberos and IAM authentication on one database",
      "subject": "database",
      "severity": "high",
      "enforcement": "advisory",
      "mandatoryWhen": "database.kerberosExcludesIam",
      "assert": "database.withoutKerberos",
      "message": "{{withoutKerberos}}",
      "remediation": "In {{address}} write, to keep Kerberos:\n  iam_database_authentication_enabled = false\nOr, to keep IAM, delete the lines that set domain and domain_iam_role_name.",
      "why": "RDS for MySQL has either Kerberos or IAM authentication, never both, and of RDS for PostgreSQL AWS says so in one place and the contrary in another.",
      "references": [
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/mysql-kerberos.html",
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/postgresql-kerberos.html",
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.html"
      ],
      "aliases": [
        "E06"
      ]
    },
    "when": null,
    "assert": {
      "op": "attribute",
      "of": "database",
      "name": "withoutKerberos"
    },
    "mandatoryWhen": {
      "op": "attribute",
      "of": "database",
      "name": "kerberosExcludesIam"
    }
  },
  {
    "policy": {
      "id": "master-user-restricted",
      "set": "organization",
      "title": "Somebody else may use the master user",
      "subject": "masterUse",
      "parameters": {
        "principals": {
          "type": "list",
          "doc": "Terraform addresses (globs), or names and ARNs of others, of the principals that may use the master user.",
          "default": []
        }
      },
      "severity": "high",
      "enforcement": "mandatory",
      "assert": "!masterUse.mayUse || params.principals.exists(one, masterUse.principal.matchesAddress(one))",
      "message": "{{address}} has a master user, and {{mayUse}}; allowed: {{params.principals}}",
      "remediation": "{{restrictMend}}",
      "why": "The master user may do everything in a database, so that whoever may use it needs no other permission there.",
      "references": [
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.MasterAccounts.html",
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html"
      ]
    },
    "when": null,
    "assert": {
      "op": "or",
      "left": {
        "op": "not",
        "operand": {
          "op": "attribute",
          "of": "masterUse",
          "name": "mayUse"
        }
      },
      "right": {
        "op": "exists",
        "of": "params",
        "name": "principals",
        "variable": "one",
        "predicate": {
          "op": "test",
          "test": "matchesAddress",
          "text": {
            "op": "attribute",
            "of": "masterUse",
            "name": "principal"
          },
          "argument": {
            "op": "attribute",
            "of": "one",
            "name": "$item"
          }
        }
      }
    },
    "offByDefault": true
  },
  {
    "policy": {
      "id": "password-in-configuration",
      "set": "security",
      "title": "A password in configuration, plan or state",
      "subject": "password",
      "severity": "medium",
      "enforcement": "advisory",
      "assert": "password.keptNowhere",
      "message": "{{keptNowhere}}",
      "remediation": "{{passwordMend}}",
      "why": "Terraform keeps what it is given in clear text in every plan and state, sensitive or not, so that whoever may read one of these may log in; only a generated password is let pass, for it is used nowhere else.",
      "references": [
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html",
        "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-secrets-manager.html",
        "https://developer.hashicorp.com/terraform/language/manage-sensitive-data/write-only"
      ]
    },
    "when": null,
    "assert": {
      "op": "attribute",
      "of": "password",
      "name": "keptNowhere"
    }
  },
  {
    "policy": {
      "id": "path-forbidden",
      "set": "organization",
      "title": "A path that is forbidden is open",
      "subject": "path",
      "parameters": {
        "paths": {
          "type": "list",
          "doc": "The paths of which none may be open.",
          "choices": [
            "password-rds",
            "iam-rds",
            "password-proxy-rds",
            "iam-proxy-rds",
            "iam-proxy-iam-rds"
          ]
        }
      },
      "severity": "high",
      "enforcement": "mandatory",
      "when": "path.name in params.paths",
      "assert": "!path.open",
      "message": "{{open}}; forbidden here: {{params.paths}}",
      "remediation": "{{closeMend}}",
      "why": "A team that has agreed on how clients log in is not helped by a database that takes them in another way as well.",
      "references": [
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/database-authentication.html",
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-setup.html"
      ]
    },
    "when": {
      "op": "or",
      "left": {
        "op": "exists",
        "of": "params",
        "name": "paths",
        "variable": "$item",
        "predicate": {
          "op": "equals",
          "left": {
            "op": "attribute",
            "of": "path",
            "name": "name"
          },
          "right": {
            "op": "attribute",
            "of": "$item",
            "name": "$item"
          }
        }
      },
      "right": {
        "op": "in",
        "item": {
          "op": "attribute",
          "of": "path",
          "name": "name"
        },
        "list": []
      }
    },
    "assert": {
      "op": "not",
      "operand": {
        "op": "attribute",
        "of": "path",
        "name": "open"
      }
    },
    "offByDefault": true
  },
  {
    "policy": {
      "id": "path-required",
      "set": "organization",
      "title": "Nobody logs in by a path that is required",
      "subject": "database",
      "parameters": {
        "paths": {
          "type": "list",
          "doc": "The paths of which one must work, for somebody in view.",
          "minItems": 1,
          "choices": [
            "password-rds",
            "iam-rds",
            "password-proxy-rds",
            "iam-proxy-rds",
            "iam-proxy-iam-rds"
          ]
        }
      },
      "severity": "medium",
      "enforcement": "mandatory",
      "assert": "database.paths.exists(way, way.name in params.paths && way.reachable)",
      "message": "{{address}} must be reached by one of these paths: {{params.paths}}; {{reasons}}",
      "remediation": "Let somebody log in to {{address}} by one of {{params.paths}}. What a path needs is said by rds-auth-policy explain and its name.",
      "why": "A database that is built without the way in on which its clients have been told to rely will be used by another one.",
      "references": [
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/database-authentication.html",
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-setup.html"
      ]
    },
    "when": null,
    "assert": {
      "op": "exists",
      "of": "database",
      "name": "paths",
      "variable": "way",
      "predicate": {
        "op": "and",
        "left": {
          "op": "or",
          "left": {
            "op": "exists",
            "of": "params",
            "name": "paths",
            "variable": "$item",
            "predicate": {
              "op": "equals",
              "left": {
                "op": "attribute",
                "of": "way",
                "name": "name"
              },
              "right": {
                "op": "attribute",
                "of": "$item",
                "name": "$item"
              }
            }
          },
          "right": {
            "op": "in",
            "item": {
              "op": "attribute",
              "of": "way",
              "name": "name"
            },
            "list": []
          }
        },
        "right": {
          "op": "attribute",
          "of": "way",
          "name": "reachable"
        }
      }
    },
    "offByDefault": true
  },
  {
    "policy": {
      "id": "proxy-auth-username-with-secret",
      "set": "reachability",
      "title": "Auth block sets username beside a secret",
      "subject": "proxy",
      "severity": "high",
      "enforcement": "mandatory",
      "assert": "proxy.authWithoutUsername",
      "message": "{{authWithoutUsername}}",
      "remediation": "{{usernameMend}}",
      "why": "RDS rejects username together with the scheme SECRETS: the proxy takes the name of the database user from the secret.",
      "references": [
        "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_UserAuthConfig.html",
        "https://github.com/hashicorp/terraform-provider-aws/issues/40776"
      ],
      "aliases": [
        "B04"
      ]
    },
    "when": null,
    "assert": {
      "op": "attribute",
      "of": "proxy",
      "name": "authWithoutUsername"
    }
  },
  {
    "policy": {
      "id": "proxy-bypassed",
      "set": "security",
      "title": "Clients get to the database beside its proxy",
      "subject": "database",
      "severity": "low",
      "enforcement": "advisory",
      "assert": "database.proxiesNotBypassed",
      "message": "{{proxiesNotBypassed}}",
      "remediation": "{{bypassMend}}",
      "why": "What goes around a proxy escapes its limits, its TLS and its IAM logins, and its connections are missing when the proxy needs them.",
      "references": [
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.html",
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.RDSSecurityGroups.html"
      ]
    },
    "when": null,
    "assert": {
      "op": "attribute",
      "of": "database",
      "name": "proxiesNotBypassed"
    }
  },
  {
    "policy": {
      "id": "proxy-client-port",
      "set": "reachability",
      "title": "A port on which the proxy does not listen",
      "subject": "proxyPort",
      "severity": "high",
      "enforcement": "mandatory",
      "assert": "proxyPort.listens",
      "decidable": "always",
      "message": "{{listens}}",
      "remediation": "{{portMend}}",
      "why": "A proxy listens on the default port of its engine family and on no other; only behind it the port of the database counts.",
      "references": [
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.html",
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-connecting.html"
      ],
      "aliases": [
        "D04"
      ]
    },
    "when": null,
    "assert": {
      "op": "attribute",
      "of": "proxyPort",
      "name": "listens"
    }
  },
  {
    "policy": {
      "id": "proxy-created-before-credentials",
      "set": "security",
      "title": "Target of a proxy may be registered before its credentials are there",
      "subject": "proxyTarget",
      "severity": "low",
      "enforcement": "advisory",
      "assert": "proxyTarget.afterCredentials",
      "message": "{{afterCredentials}}",
      "remediation": "{{orderMend}}",
      "why": "A proxy that finds no credentials when its target is registered reports AUTH_FAILURE, and clients are refused until it has tried again.",
      "references": [
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-troubleshooting.html",
        "https://developer.hashicorp.com/terraform/language/meta-arguments#depends_on"
      ],
      "aliases": [
        "C05"
      ]
    },
    "when": null,
    "assert": {
      "op": "attribute",
      "of": "proxyTarget",
      "name": "afterCredentials"
    }
  },
  {
    "policy": {
      "id": "proxy-end-to-end-needs-database-iam",
      "set": "reachability",
      "title": "End-to-end IAM proxy before a database without IAM authentication",
      "subject": "proxy",
      "severity": "high",
      "enforcement": "mandatory",
      "assert": "proxy.targetTakesIam",
      "message": "{{targetTakesIam}}",
      "remediation": "{{targetIamMend}}",
      "why": "With IAM_AUTH the proxy logs in to the database with a token, which a database refuses while IAM authentication is off.",
      "references": [
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-iam-setup.html",
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.Enabling.html"
      ],
      "aliases": [
        "B07"
      ]
    },
    "when": null,
    "assert": {
      "op": "attribute",
      "of": "proxy",
      "name": "targetTakesIam"
    }
  },
  {
    "policy": {
      "id": "proxy-endpoint-default-security-group",
      "set": "security",
      "title": "Proxy endpoint has the default security group",
      "subject": "proxyEndpoint",
      "severity": "medium",
      "enforcement": "advisory",
      "assert": "proxyEndpoint.hasOwnGroups",
      "message": "{{hasOwnGroups}}",
      "remediation": "{{ownGroupsMend}}",
      "why": "The default group of a VPC lets in all that is in it and nothing else, so that the endpoint is open to workloads that nobody meant, or closed to its clients.",
      "references": [
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-endpoints.html",
        "https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html"
      ],
      "aliases": [
        "D07"
      ]
    },
    "when": null,
    "assert": {
      "op": "attribute",
      "of": "proxyEndpoint",
      "name": "hasOwnGroups"
    }
  },
  {
    "policy": {
      "id": "proxy-endpoint-read-only-unsupported",
      "set": "reachability",
      "title": "Read-only proxy endpoint without a reader behind it",
      "subject": "proxyEndpoint",
      "severity": "high",
      "enforcement": "mandatory",
      "assert": "proxyEndpoint.readOnlySupported",
      "message": "{{readOnlySupported}}",
      "remediation": "{{readOnlyMend}}",
      "why": "A READ_ONLY endpoint sends connections to the readers of a cluster; an instance, SQL Server and a cluster with a single instance have none, so every login fails.",
      "references": [
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-endpoints.html",
        "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-proxy-endpoints.html"
      ],
      "aliases": [
        "D12"
      ]
    },
    "when": null,
    "assert": {
      "op": "attribute",
      "of": "proxyEndpoint",
      "name": "readOnlySupported"
    }
  },
  {
    "policy": {
      "id": "proxy-engine-mismatch",
      "set": "reachability",
      "title": "Proxy cannot serve the engine of its database",
      "subject": "proxy",
      "severity": "high",
      "enforcement": "mandatory",
      "assert": "proxy.servesTarget",
      "message": "{{servesTarget}}",
      "remediation": "{{servesTargetMend}}",
      "why": "RDS registers a target only when its engine, version and mode belong to the engine family of the proxy.",
      "references": [
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.RDS_Fea_Regions_DB-eng.Feature.RDSProxy.html",
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.html",
        "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-proxy.html"
      ],
      "aliases": [
        "B17",
        "B18",
        "E07",
        "E12"
      ]
    },
    "when": null,
    "assert": {
      "op": "attribute",
      "of": "proxy",
      "name": "servesTarget"
    }
  },
  {
    "policy": {
      "id": "proxy-iam-mode-unsupported",
      "set": "reachability",
      "title": "Proxy uses an IAM mode that its engine family does not have",
      "subject": "proxy",
      "severity": "high",
      "enforcement": "mandatory",
      "assert": "proxy.iamModesSupported",
      "message": "{{iamModesSupported}}",
      "remediation": "{{iamModeMend}}",
      "why": "RDS rejects iam_auth ENABLED for every engine family but SQLSERVER, and SQL Server has no end-to-end IAM.",
      "references": [
        "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_UserAuthConfig.html",
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.html"
      ],
      "aliases": [
        "B02",
        "B06",
        "pf-rds-proxy-iam-auth-enabled"
      ]
    },
    "when": null,
    "assert": {
      "op": "attribute",
      "of": "proxy",
      "name": "iamModesSupported"
    }
  },
  {
    "policy": {
      "id": "proxy-iam-requires-tls",
      "set": "reachability",
      "title": "Proxy requires IAM but not TLS",
      "subject": "proxy",
      "severity": "high",
      "enforcement": "mandatory",
      "assert": "proxy.tlsForIam",
      "message": "{{tlsForIam}}",
      "remediation": "In {{address}} write:\n  require_tls = true",
      "why": "RDS refuses to create or change a proxy that requires IAM tokens without TLS (Must enable TLS, when IAM Auth is required), and require_tls is false unless it is set.",
      "references": [
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-creating.html",
        "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBProxy.html",
        "https://github.com/terraform-aws-modules/terraform-aws-rds-proxy/issues/10"
      ],
      "aliases": [
        "B01",
        "pf-rds-proxy-iam-auth-requires-tls"
      ]
    },
    "when": null,
    "assert": {
      "op": "attribute",
      "of": "proxy",
      "name": "tlsForIam"
    }
  },
  {
    "policy": {
      "id": "proxy-iam-without-client",
      "set": "security",
      "title": "Proxy requires IAM tokens, and nobody is granted a login",
      "subject": "proxy",
      "severity": "low",
      "enforcement": "advisory",
      "assert": "proxy.hasClient",
      "message": "{{hasClient}}",
      "remediation": "{{clientMend}}",
      "why": "A proxy that requires IAM tokens lets in only who holds rds-db:connect on it; where nobody does, nobody can connect, or somebody does whom this configuration does not show.",
      "references": [
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-iam-setup.html",
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.IAMPolicy.html"
      ],
      "aliases": []
    },
    "when": null,
    "assert": {
      "op": "attribute",
      "of": "proxy",
      "name": "hasClient"
    }
  },
  {
    "policy": {
      "id": "proxy-network-blocked",
      "set": "reachability",
      "title": "Security groups close the way from the proxy to its database",
      "subject": "proxy",
      "severity": "high",
      "enforcement": "mandatory",
      "assert": "proxy.reachesTarget",
      "message": "{{reachesTarget}}",
      "remediation": "{{networkMend}}",
      "why": "The proxy connects to the database on the port of the database; it needs egress in its own security groups and ingress in those of the database.",
      "references": [
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-network-prereqs.html",
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-troubleshooting.html"
      ],
      "aliases": [
        "D01",
        "D02",
        "D03"
      ]
    },
    "when": null,
    "assert": {
      "op": "attribute",
      "of": "proxy",
      "name": "reachesTarget"
    }
  },
  {
    "policy": {
      "id": "proxy-password-type-mismatch",
      "set": "reachability",
      "title": "Proxy asks for a password type that its database does not have",
      "subject": "proxy",
      "severity": "high",
      "enforcement": "mandatory",
      "assert": "proxy.passwordTypesMatch",
      "message": "{{passwordTypesMatch}}",
      "remediation": "{{passwordTypeMend}}",
      "why": "RDS rejects a client_password_auth_type of another engine family, and a MariaDB target has no caching_sha2_password.",
      "references": [
        "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_UserAuthConfig.html",
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.html"
      ],
      "aliases": [
        "B03",
        "B19",
        "pf-rds-proxy-client-password-auth-engine"
      ]
    },
    "when": null,
    "assert": {
      "op": "attribute",
      "of": "proxy",
      "name": "passwordTypesMatch"
    }
  },
  {
    "policy": {
      "id": "proxy-password-type-needs-tls",
      "set": "security",
      "title": "Password type needs TLS that the proxy does not require",
      "subject": "proxy",
      "severity": "medium",
      "enforcement": "advisory",
      "assert": "proxy.passwordTypesProtected",
      "message": "{{passwordTypesProtected}}",
      "remediation": "In {{address}} write:\n  require_tls = true",
      "why": "With caching_sha2_password a client without TLS is refused, and a proxy that does not require TLS says so only when it happens.",
      "references": [
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.html",
        "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_UserAuthConfig.html"
      ],
      "aliases": [
        "B20"
      ]
    },
    "when": null,
    "assert": {
      "op": "attribute",
      "of": "proxy",
      "name": "passwordTypesProtected"
    }
  },
  {
    "policy": {
      "id": "proxy-plaintext-to-tls-database",
      "set": "security",
      "title": "The database refuses what the proxy lets in without TLS",
      "subject": "database",
      "severity": "medium",
      "enforcement": "advisory",
      "assert": "database.noPlaintextBehindProxies",
      "message": "{{noPlaintextBehindProxies}}",
      "remediation": "{{plaintextMend}}",
      "why": "A proxy connects to the database as the client connects to it, so that a client without TLS is let in by the proxy and then refused by the database, with an error that names neither.",
      "references": [
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-creating.html",
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html"
      ],
      "aliases": [
        "D08"
      ]
    },
    "when": null,
    "assert": {
      "op": "attribute",
      "of": "database",
      "name": "noPlaintextBehindProxies"
    }
  },
  {
    "policy": {
      "id": "proxy-role-cannot-connect",
      "set": "reachability",
      "title": "Role of an end-to-end IAM proxy may not connect to the database",
      "subject": "proxy",
      "severity": "high",
      "enforcement": "mandatory",
      "assert": "proxy.roleMayConnect",
      "message": "{{roleMayConnect}}",
      "remediation": "{{connectMend}}",
      "why": "With IAM_AUTH the proxy logs in to the database with tokens of its own role, so that role needs rds-db:connect on the resource id of the database (not of the proxy) for every user.",
      "references": [
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-iam-setup.html",
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-iam-migration.html"
      ],
      "aliases": [
        "B08",
        "C08"
      ]
    },
    "when": null,
    "assert": {
      "op": "attribute",
      "of": "proxy",
      "name": "roleMayConnect"
    }
  },
  {
    "policy": {
      "id": "proxy-role-cannot-decrypt-secret",
      "set": "reachability",
      "title": "Role of a proxy may not decrypt its secrets",
      "subject": "proxy",
      "severity": "high",
      "enforcement": "mandatory",
      "assert": "proxy.roleMayDecryptSecrets",
      "message": "{{roleMayDecryptSecrets}}",
      "remediation": "{{decryptMend}}",
      "why": "A secret under a customer-managed key can be read only by whoever may decrypt with that key; without kms:Decrypt the proxy has no password, and no login with that secret works. Where it has no other secret and no end-to-end IAM, its target stays unavailable.",
      "references": [
        "https://docs.aws.amazon.com/kms/latest/developerguide/alias-authorization.html",
        "https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html",
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-iam-setup.html",
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-secrets-arns.html",
        "https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html"
      ],
      "aliases": [
        "C02",
        "C03"
      ]
    },
    "when": null,
    "assert": {
      "op": "attribute",
      "of": "proxy",
      "name": "roleMayDecryptSecrets"
    }
  },
  {
    "policy": {
      "id": "proxy-role-cannot-read-secret",
      "set": "reachability",
      "title": "Role of a proxy may not read its secrets",
      "subject": "proxy",
      "severity": "high",
      "enforcement": "mandatory",
      "assert": "proxy.roleMayReadSecrets",
      "message": "{{roleMayReadSecrets}}",
      "remediation": "{{readMend}}",
      "why": "The proxy logs in to the database with the password in the secret; without secretsmanager:GetSecretValue it has none, and no login with that secret works. Where it has no other secret and no end-to-end IAM, its target stays unavailable.",
      "references": [
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html",
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-iam-setup.html",
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-troubleshooting.html"
      ],
      "aliases": [
        "C01",
        "C06"
      ]
    },
    "when": null,
    "assert": {
      "op": "attribute",
      "of": "proxy",
      "name": "roleMayReadSecrets"
    }
  },
  {
    "policy": {
      "id": "proxy-role-not-assumable",
      "set": "reachability",
      "title": "RDS may not assume the role of a proxy",
      "subject": "role",
      "severity": "high",
      "enforcement": "mandatory",
      "assert": "role.assumableByRds",
      "message": "{{assumableByRds}}",
      "remediation": "In {{address}} write:\n  assume_role_policy = jsonencode({\n    Version = \"2012-10-17\"\n    Statement = [{\n      Effect    = \"Allow\"\n      Action    = \"sts:AssumeRole\"\n      Principal = { Service = \"rds.amazonaws.com\" }\n    }]\n  })",
      "why": "The proxy reads secrets and signs its own logins as this role; when RDS cannot assume it, the proxy has no credentials and no login works.",
      "references": [
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-iam-setup.html"
      ],
      "aliases": [
        "C04"
      ]
    },
    "when": null,
    "assert": {
      "op": "attribute",
      "of": "role",
      "name": "assumableByRds"
    }
  },
  {
    "policy": {
      "id": "proxy-role-over-privileged",
      "set": "security",
      "title": "Role of a proxy may do what the proxy does not need",
      "subject": "role",
      "severity": "medium",
      "enforcement": "advisory",
      "assert": "role.holdsWhatIsNeeded",
      "message": "{{holdsWhatIsNeeded}}",
      "remediation": "{{excessMend}}",
      "why": "Whoever can use or pass the role, or gets a proxy made with it, reads the passwords and logs in to the databases that are none of the proxy.",
      "references": [
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-iam-setup.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html"
      ],
      "aliases": [
        "C07"
      ]
    },
    "when": null,
    "assert": {
      "op": "attribute",
      "of": "role",
      "name": "holdsWhatIsNeeded"
    }
  },
  {
    "policy": {
      "id": "proxy-targets-read-replica",
      "set": "reachability",
      "title": "Proxy stands before a read replica",
      "subject": "proxy",
      "severity": "medium",
      "enforcement": "advisory",
      "assert": "proxy.targetsWriter",
      "message": "{{targetsWriter}}",
      "remediation": "{{writerMend}}\nLet clients that only read connect to {{databaseAddress}} directly.",
      "why": "AWS supports a proxy only before the writer of a replicated RDS instance, so registering a replica may fail and is nowhere promised to keep working.",
      "references": [
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.html"
      ],
      "aliases": [
        "D14"
      ]
    },
    "when": null,
    "assert": {
      "op": "attribute",
      "of": "proxy",
      "name": "targetsWriter"
    }
  },
  {
    "policy": {
      "id": "proxy-tls-not-required",
      "set": "security",
      "title": "Proxy lets clients connect without TLS",
      "subject": "proxy",
      "severity": "medium",
      "enforcement": "advisory",
      "assert": "proxy.requiresTls",
      "message": "{{requiresTls}}",
      "remediation": "In {{address}} write:\n  require_tls = true",
      "why": "Without TLS, names, queries and results pass between client and proxy in plain text, and only a driver that insists on TLS itself keeps them from it.",
      "references": [
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-creating.html",
        "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html",
        "https://docs.aws.amazon.com/config/latest/developerguide/rds-proxy-tls-encryption.html"
      ],
      "aliases": [
        "RDS.43",
        "RDS_PROXY_TLS_ENCRYPTION",
        "rds-proxy-tls-encryption",
        "rds_db_proxy_tls_encryption_enabled"
      ]
    },
    "when": null,
    "assert": {
      "op": "attribute",
      "of": "proxy",
      "name": "requiresTls"
    }
  },
  {
    "policy": {
      "id": "proxy-uses-master-secret",
      "set": "security",
      "title": "The proxy logs in as the master user",
      "subject": "proxy",
      "severity": "medium",
      "enforcement": "advisory",
      "assert": "proxy.avoidsMasterUser",
      "message": "{{avoidsMasterUser}}",
      "remediation": "{{masterSecretMend}}",
      "why": "The master user may change and delete everything, so that a fault in the application, or a stolen connection, reaches as far; AWS advises against using it in applications.",
      "references": [
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.MasterAccounts.html",
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-secrets-arns.html"
      ],
      "aliases": [
        "C09"
      ]
    },
    "when": null,
    "assert": {
      "op": "attribute",
      "of": "proxy",
      "name": "avoidsMasterUser"
    }
  },
  {
    "policy": {
      "id": "proxy-without-credentials",
      "set": "reachability",
      "title": "Proxy has nothing to log in to the database with",
      "subject": "proxy",
      "severity": "high",
      "enforcement": "mandatory",
      "assert": "proxy.hasCredentials",
      "message": "{{hasCredentials}}",
      "remediation": "{{credentialsMend}}",
      "why": "A proxy logs in to the database with the password in a secret or with IAM; RDS rejects a proxy that has neither. An auth block names its secret by the ARN: a name is refused, and with the id of a version no password is found.",
      "references": [
        "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBProxy.html",
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-iam-setup.html"
      ],
      "aliases": [
        "B05"
      ]
    },
    "when": null,
    "assert": {
      "op": "attribute",
      "of": "proxy",
      "name": "hasCredentials"
    }
  },
  {
    "policy": {
      "id": "proxy-without-target",
      "set": "reachability",
      "title": "Proxy has no database behind it",
      "subject": "proxy",
      "severity": "high",
      "enforcement": "mandatory",
      "assert": "proxy.hasTarget",
      "message": "{{hasTarget}}",
      "remediation": "{{targetMend}}",
      "why": "A proxy without a target refuses every login, and creating the proxy registers none.",
      "references": [
        "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_RegisterDBProxyTargets.html",
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-creating.html"
      ],
      "aliases": [
        "D13"
      ]
    },
    "when": null,
    "assert": {
      "op": "attribute",
      "of": "proxy",
      "name": "hasTarget"
    }
  },
  {
    "policy": {
      "id": "proxy-wrong-vpc",
      "set": "reachability",
      "title": "Proxy is not in the VPC of its target, or in one zone alone",
      "subject": "proxy",
      "severity": "high",
      "enforcement": "mandatory",
      "assert": "proxy.placedRight",
      "message": "{{placedRight}}",
      "remediation": "{{placeMend}}",
      "why": "RDS refuses to create a proxy outside the VPC of its target, in a VPC of dedicated tenancy, or without subnets in two availability zones that it can use.",
      "references": [
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.html",
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-network-prereqs.html"
      ],
      "aliases": [
        "D05"
      ]
    },
    "when": null,
    "assert": {
      "op": "attribute",
      "of": "proxy",
      "name": "placedRight"
    }
  },
  {
    "policy": {
      "id": "secret-drift-ignored",
      "set": "security",
      "title": "Terraform ignores changes of the credentials of a proxy",
      "subject": "credentials",
      "severity": "low",
      "enforcement": "advisory",
      "assert": "credentials.driftShown",
      "message": "{{driftShown}}",
      "remediation": "{{driftMend}}",
      "why": "What somebody changes by hand in a secret or an auth block then stays, unseen in every plan, until a login fails or one works that nobody wrote down.",
      "references": [
        "https://developer.hashicorp.com/terraform/language/meta-arguments#lifecycle",
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-secrets-arns.html"
      ],
      "aliases": [
        "B14",
        "B22"
      ]
    },
    "when": null,
    "assert": {
      "op": "attribute",
      "of": "credentials",
      "name": "driftShown"
    }
  },
  {
    "policy": {
      "id": "secret-not-rotated",
      "set": "security",
      "title": "Secret of a proxy is not rotated",
      "subject": "secret",
      "severity": "medium",
      "enforcement": "advisory",
      "assert": "secret.rotated",
      "message": "{{rotated}}",
      "remediation": "{{rotationMend}}",
      "why": "A password that nobody changes works for whoever has ever read it, for as long as the database user exists.",
      "references": [
        "https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets.html",
        "https://docs.aws.amazon.com/securityhub/latest/userguide/secretsmanager-controls.html",
        "https://docs.aws.amazon.com/config/latest/developerguide/secretsmanager-rotation-enabled-check.html"
      ],
      "aliases": [
        "SecretsManager.1",
        "SECRETSMANAGER_ROTATION_ENABLED_CHECK",
        "secretsmanager-rotation-enabled-check",
        "CKV2_AWS_57"
      ]
    },
    "when": null,
    "assert": {
      "op": "attribute",
      "of": "secret",
      "name": "rotated"
    }
  },
  {
    "policy": {
      "id": "secret-rotation-alternates-users",
      "set": "security",
      "title": "Rotation lets two users take turns in the secret of a proxy",
      "subject": "secret",
      "severity": "medium",
      "enforcement": "advisory",
      "assert": "secret.keepsUser",
      "message": "{{keepsUser}}",
      "remediation": "{{oneUserMend}}",
      "why": "A proxy looks for the user who logs in among those in its secrets, so that a client is refused whenever the other user is there, and an IAM grant that names one of the two fails with it.",
      "references": [
        "https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotation-strategy.html",
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-secrets-arns.html"
      ],
      "aliases": [
        "B16"
      ]
    },
    "when": null,
    "assert": {
      "op": "attribute",
      "of": "secret",
      "name": "keepsUser"
    }
  },
  {
    "policy": {
      "id": "secret-without-credentials",
      "set": "reachability",
      "title": "Secret of a proxy is not a username and password",
      "subject": "secret",
      "severity": "high",
      "enforcement": "mandatory",
      "assert": "secret.holdsCredentials",
      "message": "{{holdsCredentials}}",
      "remediation": "{{secretMend}}",
      "why": "The proxy expects a JSON object with the keys username and password; from anything else it gets no credentials, and no login with that secret works. Where it has no other secret and no end-to-end IAM, its target stays unavailable.",
      "references": [
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-secrets-arns.html",
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-troubleshooting.html"
      ],
      "aliases": [
        "B15"
      ]
    },
    "when": null,
    "assert": {
      "op": "attribute",
      "of": "secret",
      "name": "holdsCredentials"
    }
  },
  {
    "policy": {
      "id": "user-mixes-iam-and-password",
      "set": "reachability",
      "title": "One database user is meant for IAM and for a password",
      "subject": "grant",
      "severity": "high",
      "enforcement": "mandatory",
      "assert": "grant.oneMethodPerUser",
      "message": "{{oneMethodPerUser}}",
      "remediation": "{{methodMend}}",
      "why": "A database user has one method: a user defined for IAM cannot log in by password, as a standard proxy does in its name, and a user with a password cannot log in by IAM.",
      "references": [
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/database-authentication.html",
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-connecting.html",
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.DBAccounts.html"
      ],
      "aliases": [
        "B13"
      ]
    },
    "when": null,
    "assert": {
      "op": "attribute",
      "of": "grant",
      "name": "oneMethodPerUser"
    }
  },
  {
    "policy": {
      "id": "users-declared",
      "set": "organization",
      "title": "A user whom nobody has declared",
      "subject": "user",
      "parameters": {
        "users": {
          "type": "list",
          "doc": "Users there may be besides those under users in rds-auth-policy.yaml, in any database, each with the method by which the database lets it in: app:iam, reporting:password.",
          "default": []
        }
      },
      "severity": "medium",
      "enforcement": "mandatory",
      "assert": "user.declared || user.entry in params.users",
      "message": "{{address}} has {{who}}, named by {{namedBy}}; {{declared}}; parameter users: {{params.users}}",
      "remediation": "Take the user out of {{namedBy}}, or declare the user.\n{{declareMend}}",
      "why": "A user whom nobody has asked for is seldom taken away again, and a user with another method than agreed cannot log in.",
      "references": [
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.DBAccounts.html",
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/database-authentication.html"
      ]
    },
    "when": null,
    "assert": {
      "op": "or",
      "left": {
        "op": "attribute",
        "of": "user",
        "name": "declared"
      },
      "right": {
        "op": "or",
        "left": {
          "op": "exists",
          "of": "params",
          "name": "users",
          "variable": "$item",
          "predicate": {
            "op": "equals",
            "left": {
              "op": "attribute",
              "of": "user",
              "name": "entry"
            },
            "right": {
              "op": "attribute",
              "of": "$item",
              "name": "$item"
            }
          }
        },
        "right": {
          "op": "in",
          "item": {
            "op": "attribute",
            "of": "user",
            "name": "entry"
          },
          "list": []
        }
      }
    },
    "offByDefault": true
  },
  {
    "policy": {
      "id": "waiver-expired",
      "set": "waivers",
      "title": "Waiver is over",
      "subject": "waiver",
      "severity": "low",
      "enforcement": "advisory",
      "assert": "waiver.inForce",
      "decidable": "always",
      "remediation": "At {{place}}, delete the waiver for {{address}}, and mend what it was for; or, if it has to stay, give it a new last day.",
      "why": "What a waiver was for counts again once it is over, and a waiver that stays in the text looks as if it were in force.",
      "references": [
        "https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/sec_permissions_continuous_reduction.html"
      ],
      "message": "{{inForce}}"
    },
    "when": null,
    "assert": {
      "op": "attribute",
      "of": "waiver",
      "name": "inForce"
    }
  },
  {
    "policy": {
      "id": "waiver-expires-soon",
      "set": "waivers",
      "title": "Waiver is over soon",
      "subject": "waiver",
      "severity": "info",
      "enforcement": "advisory",
      "assert": "waiver.lastsLonger",
      "decidable": "always",
      "remediation": "Mend {{address}} before then, or give the waiver at {{place}} a new last day.",
      "why": "The day after its last one, what the waiver covers counts again, and may fail a run that passed the day before.",
      "references": [
        "https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/sec_permissions_continuous_reduction.html"
      ],
      "message": "{{lastsLonger}}"
    },
    "when": null,
    "assert": {
      "op": "attribute",
      "of": "waiver",
      "name": "lastsLonger"
    }
  },
  {
    "policy": {
      "id": "waiver-unmatched",
      "set": "waivers",
      "title": "Waiver covers nothing",
      "subject": "waiver",
      "severity": "low",
      "enforcement": "advisory",
      "assert": "waiver.matchesSomething",
      "decidable": "always",
      "remediation": "At {{place}}, delete the waiver for {{address}} if what it was for is mended, or correct what it names.",
      "why": "A waiver that covers nothing is either misspelt, so that what it was for still counts, or left over, and then it will hide the same mistake when somebody makes it again.",
      "references": [
        "https://eslint.org/docs/latest/use/configure/rules#report-unused-eslint-disable-comments"
      ],
      "message": "{{matchesSomething}}"
    },
    "when": null,
    "assert": {
      "op": "attribute",
      "of": "waiver",
      "name": "matchesSomething"
    }
  }
];
