type Option = {
  readonly type: 'string' | 'boolean';
  readonly multiple?: true;
  readonly default?: string;
  readonly value?: string;
  readonly describe: string;
};

const options = {
  host: { type: 'string', value: 'ADDRESS', default: '127.0.0.1', describe: 'where to listen' },
  port: { type: 'string', value: 'PORT', default: '22180', describe: 'where to listen' },
  path: { type: 'string', value: 'PATH', default: '/runtask', describe: 'where run tasks are posted' },
  'state-dir': {
    type: 'string',
    value: 'DIR',
    describe: 'where accepted work is kept, so that it outlives a crash; for one server at a time',
  },
  'hmac-key-file': { type: 'string', value: 'FILE', describe: 'the HMAC key; RDS_AUTH_POLICY_HMAC_KEY without it' },
  'previous-hmac-key-file': {
    type: 'string',
    value: 'FILE',
    describe: 'a key that is good as well, while it is replaced; RDS_AUTH_POLICY_HMAC_KEY_PREVIOUS without it',
  },
  'insecure-no-hmac-key': { type: 'boolean', describe: 'start without a key, and believe whoever posts' },
  'allow-host': {
    type: 'string',
    multiple: true,
    value: 'HOST[:PORT]',
    describe:
      'hosts that requests may name, in place of app.terraform.io; they may be in a private network (repeatable)',
  },
  'config-only': { type: 'string', value: 'FILE', describe: 'the configuration to judge by; none without it' },
  organization: {
    type: 'string',
    multiple: true,
    value: 'NAME=FILE',
    describe: 'the configuration for one organization (repeatable)',
  },
  unknown: { type: 'string', value: 'report|fail', default: 'report', describe: 'what becomes of undecided policies' },
  'public-url': {
    type: 'string',
    value: 'URL',
    describe: 'the address of this server for people; with it reports are kept for a while and linked',
  },
  'report-hours': { type: 'string', value: 'N', default: '72', describe: 'how long reports are kept' },
  concurrency: { type: 'string', value: 'N', default: '2', describe: 'how many tasks are judged at a time' },
  'max-waiting': { type: 'string', value: 'N', default: '1000', describe: 'how many tasks may wait' },
  'max-plan-mb': { type: 'string', value: 'N', default: '100', describe: 'the largest plan' },
  'max-configuration-mb': {
    type: 'string',
    value: 'N',
    default: '64',
    describe: 'the largest archive of a configuration',
  },
  'check-seconds': { type: 'string', value: 'N', default: '300', describe: 'how long one check may take' },
  'check-memory-mb': { type: 'string', value: 'N', default: '2048', describe: 'how much memory one check may use' },
  'max-run-age': { type: 'string', value: 'HOURS', default: '720', describe: 'older runs are refused' },
  'grace-seconds': {
    type: 'string',
    value: 'N',
    default: '20',
    describe: 'how long work may go on when the server is stopped',
  },
  help: { type: 'boolean', describe: 'print this' },
} as const satisfies Readonly<Record<string, Option>>;

export type ServeOption = keyof typeof options;

export const serveOptions: Readonly<Record<ServeOption, Option>> = options;
