import { useApi } from '@backstage/frontend-plugin-api';
import type {
  CustomFieldValidator,
  FieldExtensionComponentProps,
} from '@backstage/plugin-scaffolder-react';
import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { fromForm } from '@meshway/plugin-meshed-service-common';
import { useCallback, useEffect } from 'react';
import { meshedServiceApiRef } from '../api';
import { sentenceOf, useLoadable } from '../loading';
import { objectionsTo } from './objections';
import { ReviewView } from './ReviewView';
import { text } from './schemas';

const ReviewField = (props: FieldExtensionComponentProps<string>) => {
  const { formData, formContext, onChange } = props;
  const api = useApi(meshedServiceApiRef);

  // A field without a value is not validated, and this one has none of its own.
  useEffect(() => {
    if (formData === undefined) onChange('');
  }, [formData, onChange]);

  // As text, because the form hands out a new object with every render.
  const request = JSON.stringify(fromForm(formContext?.formData ?? {}));
  const read = useCallback(
    (signal: AbortSignal) => api.plan(JSON.parse(request), { signal }),
    [api, request],
  );
  return <ReviewView plan={useLoadable(read)} />;
};

const validation: CustomFieldValidator<string> = async (
  _value,
  field,
  { apiHolder, formData },
) => {
  const api = apiHolder.get(meshedServiceApiRef);
  if (!api) return;
  try {
    const plan = await api.plan(fromForm(formData));
    objectionsTo(plan).forEach(objection => field.addError(objection));
  } catch (error) {
    field.addError(`The request could not be checked. ${sentenceOf(error)}`);
  }
};

/**
 * `MeshedServiceReview`: shows what the request would do, and lets nobody pass while something stands against it.
 * A convenience, no protection: the server decides again when it writes.
 */
export const reviewFieldParts = {
  name: 'MeshedServiceReview',
  component: ReviewField,
  schema: text,
  validation,
};

/** As the app takes it. */
export const reviewField = createFormField(reviewFieldParts);
