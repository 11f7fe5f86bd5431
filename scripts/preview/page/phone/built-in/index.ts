import { button } from './button';
import type { BuiltIn } from './built-in';
import { checkbox, checkboxGroup, radio, radioGroup, toggle } from './choices';
import { form } from './form';
import { icon } from './icon';
import { image } from './image';
import { label } from './label';
import { navigator, type Navigate } from './navigator';
import { scrollView } from './scroll-view';
import { input, textarea } from './text-field';
import { text, view } from './view';

/** Every element of WeChat's that this preview has. Any other tag is an error on the page. */
export function builtIns(navigate: Navigate): Record<string, BuiltIn> {
  return {
    view,
    text,
    button,
    form,
    input,
    textarea,
    label,
    checkbox,
    'checkbox-group': checkboxGroup,
    radio,
    'radio-group': radioGroup,
    switch: toggle,
    image,
    icon,
    'scroll-view': scrollView,
    navigator: navigator(navigate),
  };
}
