const guide = 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide';

/** The pages of AWS that texts refer to. */
export const pages = {
  accounts: `${guide}/UsingWithRDS.IAMDBAuth.DBAccounts.html`,
  authentication: `${guide}/database-authentication.html`,
  connecting: `${guide}/rds-proxy-connecting.html`,
  creating: `${guide}/rds-proxy-creating.html`,
  enabling: `${guide}/UsingWithRDS.IAMDBAuth.Enabling.html`,
  engines: `${guide}/Concepts.RDS_Fea_Regions_DB-eng.Feature.IamDatabaseAuthentication.html`,
  iam: `${guide}/UsingWithRDS.IAMDBAuth.html`,
  iamConnecting: `${guide}/UsingWithRDS.IAMDBAuth.Connecting.html`,
  iamPolicy: `${guide}/UsingWithRDS.IAMDBAuth.IAMPolicy.html`,
  network: `${guide}/rds-proxy-network-prereqs.html`,
  proxy: `${guide}/rds-proxy.html`,
  proxyEngines: `${guide}/Concepts.RDS_Fea_Regions_DB-eng.Feature.RDSProxy.html`,
  proxyIam: `${guide}/rds-proxy-iam-setup.html`,
  proxySecrets: `${guide}/rds-proxy-secrets-arns.html`,
  proxyWorks: `${guide}/rds-proxy-howitworks.html`,
  securityGroups: `${guide}/Overview.RDSSecurityGroups.html`,
  tls: `${guide}/UsingWithRDS.SSL.html`,
  troubleshooting: `${guide}/rds-proxy-troubleshooting.html`,
} as const;
