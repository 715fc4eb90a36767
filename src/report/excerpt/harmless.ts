// What may be read in an excerpt. Whatever no rule here allows is left out: a line that tells too little is better than
// one that tells a password.

/** Case and separators say nothing: `NotAction` and `not_action` are one name. */
const plain = (name: string): string => name.toLowerCase().replace(/[_-]/g, '');

const setOf = (names: string): ReadonlySet<string> => new Set(names.split(/\s+/).map(plain));

const secretName =
  /passw|passphrase|pwd|token|credential|privatekey|apikey|accesskey|secretkey|secretstring|secretbinary|secretvalue|connectionstring|clientsecret|authsecret|^secret$|secret$|^pin$|^pw$|pass$|certificate|userdata|environment|^variables$|containerdefinitions|sensitive|headers|^env$/;

/** Named like secrets, and none. */
const notSecret = setOf('client_password_auth_type manage_master_user_password');

/** Whatever stands below such a name is nobody's business, its kind does not matter. */
export const isSecretName = (name: string): boolean => {
  const wanted = plain(name);
  return secretName.test(wanted) && !notSecret.has(wanted);
};

/** Arguments that hold names and words which every output may hold. */
const openNames = setOf(`
  iam_auth auth_scheme default_auth_scheme client_password_auth_type engine engine_family engine_version engine_mode
  family major_engine_version parameter_group_name db_parameter_group_name db_cluster_parameter_group_name option_group_name
  action actions not_action not_actions resource resources not_resource not_resources effect sid version
  principal principals identifiers aws service federated type test variable role user users roles groups group
  name name_prefix identifier identifier_prefix cluster_identifier db_cluster_identifier db_instance_identifier
  instance_identifier db_proxy_name db_proxy_endpoint_name target_group_name target_role database_name db_name
  db_subnet_group_name username master_username db_user db_username instance_class region source
  required_version protocol ip_protocol cidr_ipv4 cidr_blocks
  vpc_id subnet_ids vpc_subnet_ids security_groups security_group_ids vpc_security_group_ids security_group_id
  referenced_security_group_id source_security_group_id from_port to_port port
  function_name service_account namespace cluster_name alias policy_names managed_policy_arn
  arn role_arn policy_arn secret_arn secret_id kms_key_id proxy_arn permissions_boundary managed_policy_arns
  for_each`);

const isOpenName = (name: string): boolean => openNames.has(plain(name));

/** Arguments whose objects have keys that AWS or the provider defines; those of others are for anybody to choose. */
const containers = setOf(`
  policy assume_role_policy inline_policy key_policy access_policy auth statement principals condition ingress egress
  connection_pool_config filter required_providers backend`);

const isContainer = (name: string): boolean => containers.has(plain(name));

/** Arguments that hold IAM policy documents. */
export const holdsPolicy = (name: string): boolean =>
  /^(?:assumerole|inline|key|access|resource|iam)?policy$/.test(plain(name));

/** Functions that show in their result what they are given; another may undo an encoding. */
const openCalls: ReadonlySet<string> = new Set(
  'jsonencode element split join format formatlist concat tolist toset tomap try coalesce merge flatten compact one lower upper replace trimsuffix trimprefix lookup keys values slice distinct length regex'.split(
    ' ',
  ),
);

/** Blocks of which an excerpt shows words at all: variables, outputs and files of values may hold anything. */
const openRoots: ReadonlySet<string> = new Set(['resource', 'data', 'module', 'provider', 'terraform', 'locals']);

const words = new Set(
  `REQUIRED DISABLED ENABLED SECRETS IAM_AUTH NONE MYSQL POSTGRESQL SQLSERVER MYSQL_NATIVE_PASSWORD
  MYSQL_CACHING_SHA2_PASSWORD POSTGRES_MD5 POSTGRES_SCRAM_SHA_256 SQL_SERVER_AUTHENTICATION READ_WRITE READ_ONLY
  mysql mariadb postgres aurora aurora-mysql aurora-postgresql sqlserver-ee sqlserver-se sqlserver-ex sqlserver-web
  oracle-ee oracle-se2 provisioned serverless Allow Deny AWS Service Federated 2012-10-17 2008-10-17 tcp udp icmp
  ssl tls ingress egress default`.split(/\s+/),
);

/** `{}` stands for what is interpolated. */
const shapes: readonly RegExp[] = [
  /^arn:(?:aws[a-z-]*|\{\}|\*)?:[a-z0-9-]*:[a-z0-9*{}-]*:[0-9*{}]*:[\w./:*?+=,@{}$-]*$/,
  /^(?:rds-db|rds|secretsmanager|kms|sts|iam):[A-Za-z*]+$/,
  /^[a-z]{2}(?:-[a-z]+){1,2}-\d$/,
  /^[a-z0-9-]+(?:\.[a-z0-9{}-]+)*\.amazonaws\.com(?:\.cn)?$/,
  /^(?:sg|subnet|vpc|pl|i)-[0-9a-f]{8,17}$/,
  /^\d{1,3}(?:\.\d{1,3}){3}(?:\/\d{1,2})?$/,
  /^(?:\{\})*[\s:/,.*_-]?(?:\{\})*$/,
];

/** Words that mean the same everywhere. */
const isWord = (text: string): boolean => words.has(text) || shapes.some((shape) => shape.test(text));

const nameShape = /^[\w ./:*?+=,<>~{}$-]{0,256}$/;
/** Keys of AWS, and runs of signs as only machines write them. */
const looksMade =
  /(?:AKIA|ASIA)[A-Z0-9]{12,}|:\/\/|(?=[A-Za-z0-9+/=]*[a-z])(?=[A-Za-z0-9+/=]*[A-Z])(?=[A-Za-z0-9+/=]*\d)[A-Za-z0-9+/=]{20,}/;

/**
 * How much of what is written at a place may be read: nothing; words that are known; or names as well. A number of more
 * than two digits is no word.
 */
export type Trust = 'none' | 'words' | 'names';

export const isShown = (text: string, trust: Trust): boolean => {
  if (trust === 'none') return false;
  if (isWord(text)) return true;
  return trust === 'names' && nameShape.test(text) && !looksMade.test(text);
};

export const isShownNumber = (text: string, trust: Trust): boolean =>
  trust === 'names' || (trust === 'words' && /^\d{1,2}$/.test(text));

/** Keys of objects, labels of blocks and keys of instances: they are in addresses as well. */
export const isShownKey = (text: string, trust: Trust): boolean =>
  trust !== 'none' && /^[A-Za-z_][\w:./-]{0,80}$/.test(text) && !looksMade.test(text);

const labelled = new Set([
  'resource',
  'data',
  'ephemeral',
  'module',
  'provider',
  'variable',
  'output',
  'check',
  'dynamic',
  'provisioner',
  'backend',
]);

/** Whether texts behind this word are labels; behind any other one an equals sign may be missing. */
export const isLabelled = (block: string): boolean => labelled.has(block);

export const isShownLabel = (text: string): boolean => /^[A-Za-z_][\w-]{0,80}$|^$/.test(text);

/** A text that the configuration marks sensitive, or one that holds such a text. A sign or two are in anything. */
export const holdsSensitive = (text: string, sensitive: readonly string[]): boolean =>
  sensitive.some((secret) => secret !== '' && (secret.length < 3 ? text === secret : text.includes(secret)));

type Place = {
  /** The type of the outermost block. */
  readonly root: string;
  /** Names of blocks, arguments, keys and functions around it. */
  readonly names: readonly string[];
  readonly calls: readonly string[];
  /** The argument that it stands in, and whether in an object below that. */
  readonly argument: string;
  readonly isBelow: boolean;
};

export const trustAt = ({ root, names, calls, argument, isBelow }: Place): Trust => {
  if (!openRoots.has(root) || names.some(isSecretName) || calls.some((call) => !openCalls.has(call))) return 'none';
  if (root === 'locals' || (isBelow && !isContainer(argument))) return 'words';
  return isOpenName(names.at(-1) ?? '') ? 'names' : 'words';
};
