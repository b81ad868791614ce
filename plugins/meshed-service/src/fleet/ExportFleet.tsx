import { useApi } from '@backstage/frontend-plugin-api';
import { Button, Flex, Text } from '@backstage/ui';
import GetAppIcon from '@material-ui/icons/GetApp';
import type { ExportQueryInput } from '@meshway/plugin-meshed-service-common';
import { useState } from 'react';
import { meshedServiceApiRef } from '../api';
import { sentenceOf } from '../loading';
import { exportOf, type FleetQuestion } from './FleetQuestion';
import { saveFile } from './saveFile';

const formats = [
  { format: 'csv', label: 'CSV' },
  { format: 'json', label: 'JSON' },
] as const;

/** Everything that fits the filters, as a file: not this page alone. */
export const ExportFleet = ({ question }: { question: FleetQuestion }) => {
  const api = useApi(meshedServiceApiRef);
  const [running, setRunning] = useState<ExportQueryInput['format']>();
  const [problem, setProblem] = useState<string>();

  const save = async (format: ExportQueryInput['format']) => {
    setRunning(format);
    setProblem(undefined);
    try {
      saveFile(
        await api.exportFleet(exportOf(question, format)),
        `meshed-services.${format}`,
      );
    } catch (error) {
      setProblem(sentenceOf(error));
    }
    setRunning(undefined);
  };

  return (
    <Flex gap="2" align="center" style={{ flexWrap: 'wrap' }}>
      {formats.map(({ format, label }) => (
        <Button
          key={format}
          variant="secondary"
          size="small"
          iconStart={<GetAppIcon fontSize="inherit" />}
          isPending={running === format}
          isDisabled={running !== undefined}
          onPress={() => save(format)}
        >
          Export {label}
        </Button>
      ))}
      {problem && (
        <Text variant="body-small" weight="bold" role="alert">
          Could not export: {problem}
        </Text>
      )}
    </Flex>
  );
};
