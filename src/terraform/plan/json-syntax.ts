import { type Json, isObject } from '../json.ts';

/**
 * Whether an expression of the configuration section is constant. Of configuration in JSON syntax (`.tf.json`, as CDKTF
 * writes it) Terraform keeps a text with templates in it as it stands, `"${aws_db_proxy.main.arn}"`, as if it were
 * constant, beside what it refers to. What refers to something is not constant.
 */
export const isConstant = (expression: Json | undefined): expression is { readonly constant_value: Json } => {
  if (!isObject(expression) || !('constant_value' in expression)) return false;
  const { references } = expression;
  return !Array.isArray(references) || references.length === 0;
};
