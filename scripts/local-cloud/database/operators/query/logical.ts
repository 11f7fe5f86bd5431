/**
 * `and`, `or` and `nor` of at least one condition; an empty list is an error:
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/Command.or.html
 */
import * as mingo from 'mingo/operators/query/logical';
import { arrayOperand } from './condition';
import { InvalidRequest } from '../../../bson/invalid-request';

type Logical = typeof mingo.$and;

export const $and: Logical = (selector, conditions, options) =>
  mingo.$and(selector, atLeastOne('$and', conditions), options);

export const $or: Logical = (selector, conditions, options) =>
  mingo.$or(selector, atLeastOne('$or', conditions), options);

export const $nor: Logical = (selector, conditions, options) =>
  mingo.$nor(selector, atLeastOne('$nor', conditions), options);

function atLeastOne<T>(name: string, conditions: T[]): T[] {
  if (arrayOperand(name, conditions).length === 0)
    throw new InvalidRequest(`${name} needs at least one condition`);
  return conditions;
}
