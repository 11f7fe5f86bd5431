/** https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/Command.pull.html */
import { Query } from 'mingo';
import { isFields, type Fields } from '../../ejson';
import { operatorOptions } from '../../operators/context';
import { matchesValue } from '../../operators/query/condition';
import { onArray } from './update-operator';

/** Those conditions that are about an element which is an array itself; all others are about what is no array. */
const ABOUT_ARRAYS = ['$elemMatch', '$size', '$all'];
/** They combine conditions on fields. */
const LOGICAL = ['$and', '$or', '$nor'];

export const $pull = onArray('$pull', false, (elements, operand) => {
  const isPulled = pulling(operand);
  return elements.filter((element) => !isPulled(element));
});

/** A value, a condition on elements, or conditions on the fields of elements. */
function pulling(operand: unknown): (element: unknown) => boolean {
  if (!isFields(operand)) return (element) => matchesValue(element, operand);
  const names = Object.keys(operand);
  if (!names.some((name) => name.startsWith('$') && !LOGICAL.includes(name))) {
    const query = queryOf(operand);
    return (element) => isFields(element) && query.test(element);
  }
  const query = queryOf({ element: operand });
  const isAboutArrays = names.some((name) => ABOUT_ARRAYS.includes(name));
  return (element) =>
    query.test({ element: Array.isArray(element) && !isAboutArrays ? [element] : element });
}

function queryOf(condition: Fields): Query {
  return new Query(condition, operatorOptions);
}
