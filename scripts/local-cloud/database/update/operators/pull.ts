/**
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/Command.pull.html
 */
import { isFields } from '../../../bson/fields';
import { operatorOptions } from '../../operators/context';
import { refusing } from '../../operators/refusal';
import { matchesValue } from '../../operators/query/condition';
import { elementMatcher } from '../../operators/query/element-matcher';
import { onArray } from './update-operator';

export const $pull = onArray('$pull', false, (elements, operand) =>
  refusing('$pull', () => {
    const isPulled = isFields(operand)
      ? elementMatcher(operand, operatorOptions)
      : (element: unknown) => matchesValue(element, operand);
    return elements.filter((element) => !isPulled(element));
  }),
);
