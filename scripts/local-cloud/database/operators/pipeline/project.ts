/** The fields that are wanted, at least one: https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/aggregate/Aggregate.project.html */
import * as mingo from 'mingo/operators/pipeline';
import { isFields } from '../../ejson';

type Project = typeof mingo.$project;

export const $project: Project = (documents, fields, options) => {
  if (!isFields(fields) || Object.keys(fields).length === 0) {
    throw new TypeError('$project needs at least one field');
  }
  return mingo.$project(documents, fields, options);
};
