/** The update operators, one per file. `rename` is not among them: it changes two fields. */
import { $addToSet } from './add-to-set';
import { $bit } from './bit';
import { $inc } from './inc';
import { $max, $min } from './min-max';
import { $mul } from './mul';
import { $pop } from './pop';
import { $pull } from './pull';
import { $pullAll } from './pull-all';
import { $push } from './push';
import { $set } from './set';
import { $unset } from './unset';
import type { UpdateOperator } from './update-operator';

export const updateOperators: Readonly<Record<string, UpdateOperator>> = {
  $addToSet,
  $bit,
  $inc,
  $max,
  $min,
  $mul,
  $pop,
  $pull,
  $pullAll,
  $push,
  $set,
  $unset,
};
