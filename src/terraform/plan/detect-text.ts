import { type Refusal, makePlan, unsupported } from './refusals.ts';

/** No row below needs more than this of a text that may hold 100 MB. */
const headLength = 8192;

type Row = { readonly when: RegExp; readonly refusal: Refusal };

const uiMessages = unsupported(
  'This is the message stream of a Terraform command with -json (terraform plan -json), not the plan itself.',
  makePlan,
);

// The first row that matches decides.
const rows: readonly Row[] = [
  {
    when: /^\[command\]/,
    refusal: unsupported(
      'This begins with a [command] line, which the wrapper of the setup-terraform action writes into the output.',
      'Turn the wrapper off in the workflow, then make the file again:\n  - uses: hashicorp/setup-terraform@v3\n    with:\n      terraform_wrapper: false',
    ),
  },
  {
    when: /^tfplan/,
    refusal: unsupported(
      'This is a binary plan of Terraform 0.11 or older, whose format is not supported.',
      `Terraform 0.12 is the first that can write a plan as JSON. ${makePlan}`,
    ),
  },
  {
    when: /^version https:\/\/git-lfs/,
    refusal: unsupported('This is a pointer of Git LFS, not the file that it stands for.', 'Type:\n  git lfs pull'),
  },
  {
    when: /^<(?:!|\?|html|[a-z])/i,
    refusal: unsupported(
      'This is an HTML or XML page, perhaps the error page of a download.',
      'Look at how the file was fetched, and whether that needs a login.',
    ),
  },
  {
    when: /^(?:╷|│|Error: |Usage: (?:terraform|tofu)\b)/,
    refusal: unsupported(
      'This is an error message of Terraform, not a plan.',
      `Look into the file for what went wrong. ${makePlan}`,
    ),
  },
  {
    when: /^(?!\[\s*[{["\]\d-])[\s\S]*\{\s*"format_version"\s*:/,
    refusal: unsupported(
      'There is text before the JSON, perhaps written by a wrapper script or a log.',
      `The file must hold nothing but the output of Terraform. ${makePlan}`,
    ),
  },
  {
    when: /Terraform (?:used|will perform)|OpenTofu (?:used|will perform)|^No changes\.|execution plan has been generated|: Refreshing state\.\.\.|: Reading\.\.\./m,
    refusal: unsupported('This is the text that terraform plan prints for people, not its JSON.', makePlan),
  },
  {
    when: /^\s*(?:resource|data|module|variable|output|locals|terraform|provider|import|moved|removed|check|ephemeral)\b[^\n{]*\{/m,
    refusal: unsupported(
      'This is Terraform configuration (HCL), or the text of terraform show without -json.',
      `Give the directory of the configuration, or a plan. ${makePlan}`,
    ),
  },
];

const noJson = unsupported('This is not JSON, and no other output of Terraform that could be recognised.', makePlan);

const empty: Refusal = {
  code: 'input-empty',
  summary: 'There is nothing in it.',
  detail: `The command that should have written it may have failed: look at its messages. ${makePlan}`,
};

/** Judges a text by how it begins. Null means that it begins like JSON. */
export const refuseText = (text: string): Refusal | null => {
  const start = firstVisible(text);
  if (start === text.length) return empty;
  const head = text.slice(start, start + headLength);
  if (head.startsWith('{')) return /^\{\s*"@(?:level|message|module|timestamp)"/.test(head) ? uiMessages : null;
  const plain = head.replace(colours, '').trimStart();
  const row = rows.find(({ when }) => when.test(plain));
  if (row !== undefined) return row.refusal;
  return jsonStart.test(plain) ? null : noJson;
};

const colours = new RegExp(`${String.fromCharCode(0x1b)}\\[[0-9;]*m`, 'g');
const jsonStart = /^(?:[["\d-]|(?:true|false|null)\b)/;

const firstVisible = (text: string): number => {
  let at = 0;
  while (at < text.length && isBlank(text.charCodeAt(at))) at++;
  return at;
};

const isBlank = (code: number): boolean => code === 0x20 || (code >= 0x09 && code <= 0x0d) || code === 0xfeff;
