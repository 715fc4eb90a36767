import { describe, expect, test } from '@jest/globals';
import { adaptFiles, renderAlias } from '../adapt-plan.test-support.ts';

const judged = 'adapters/remote-state/plan.json';
const state = 'context/platform/state.json';
const plan = 'context/platform/plan.json';

const aliasesOf = (files: readonly string[], resource = 'data.terraform_remote_state.later'): readonly string[] =>
  adaptFiles(files)
    .model.aliases.filter((alias) => alias.resource === resource)
    .map(renderAlias);

describe('outputs of another workspace', () => {
  const secret = 'known("arn:aws:secretsmanager:us-east-1:123456789012:secret:orders/app-Hj0kih")@output.secrets :1';

  test('known, of a state: each as it may be written, and no sensitive one', () => {
    expect(aliasesOf([judged, state])).toEqual([
      'data.terraform_remote_state.later.outputs.proxy_name = known("orders-proxy")@output.proxy_name :1',
      'data.terraform_remote_state.later.outputs["proxy_name"] = known("orders-proxy")@output.proxy_name :1',
      'data.terraform_remote_state.later.outputs.proxy_resource_id = known("prx-72168c4cfc52336d1")@output.proxy_resource_id :1',
      'data.terraform_remote_state.later.outputs["proxy_resource_id"] = known("prx-72168c4cfc52336d1")@output.proxy_resource_id :1',
      `data.terraform_remote_state.later.outputs.secrets.app = ${secret}`,
      `data.terraform_remote_state.later.outputs.secrets["app"] = ${secret}`,
      `data.terraform_remote_state.later.outputs["secrets"].app = ${secret}`,
      `data.terraform_remote_state.later.outputs["secrets"]["app"] = ${secret}`,
    ]);
  });

  test('unknown, of a plan: what it refers to there', () => {
    expect(aliasesOf([judged, plan])).toEqual([
      'data.terraform_remote_state.later.outputs.proxy_name = known("orders-proxy")@output.proxy_name :1',
      'data.terraform_remote_state.later.outputs["proxy_name"] = known("orders-proxy")@output.proxy_name :1',
      'data.terraform_remote_state.later.outputs.proxy_resource_id = unknown(@1/aws_db_proxy.main.arn)@output.proxy_resource_id :1',
      'data.terraform_remote_state.later.outputs["proxy_resource_id"] = unknown(@1/aws_db_proxy.main.arn)@output.proxy_resource_id :1',
      'data.terraform_remote_state.later.outputs.secrets = unknown(@1/aws_secretsmanager_secret.app.arn)@output.secrets :1',
      'data.terraform_remote_state.later.outputs["secrets"] = unknown(@1/aws_secretsmanager_secret.app.arn)@output.secrets :1',
    ]);
  });

  test.each([
    ['no context', [judged]],
    ['two context inputs that have them', [judged, state, plan]],
    ['a context input without outputs', [judged, 'context/orders/plan.json']],
  ])('%s: nothing', (_, files) => {
    expect(aliasesOf(files)).toEqual([]);
  });

  test('count', () => {
    expect(aliasesOf([judged, state], 'data.terraform_remote_state.counted[0]')).toHaveLength(8);
  });

  test('read while planning: the plan shows the values where they are used', () => {
    expect(aliasesOf([judged, state], 'data.terraform_remote_state.known')).toEqual([]);
    const { proxyTargets } = adaptFiles([judged]).model;
    const target = proxyTargets.find(({ address }) => address === 'aws_db_proxy_target.known');
    expect(target?.proxyName).toMatchObject({ kind: 'known', value: 'orders-proxy' });
  });
});
