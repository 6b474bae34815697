// Said where training has taken long to begin: what is being done, and what one can do.

import { useEffect, useState } from 'react';
import { LONG_START_MS, slowStartWords } from '../../viz/slowStart';
import { useConfiguration, useRun, useTraining } from '../app/SessionContext';

export function SlowStart() {
  const hasWorker = useConfiguration((state) => state.catalogue !== null);
  const backend = useTraining((state) => state.backend.kind);
  const status = useTraining((state) => state.status);
  const hasRecorded = useRun((state) => state.recorded !== null);
  const [isLong, setIsLong] = useState(false);
  const words = slowStartWords({ hasWorker, backend, kernels: status.kind === 'preparing' ? status : null });
  const isStarting = words !== undefined;
  useEffect(() => {
    if (!isStarting) return undefined;
    const timer = setTimeout(() => setIsLong(true), LONG_START_MS);
    return () => {
      clearTimeout(timer);
      setIsLong(false);
    };
  }, [isStarting]);
  if (!isLong || !isStarting) return null;
  return (
    <p className="notice" role="status">
      {words}{hasRecorded ? ' The recorded run can be explored meanwhile.' : ''}
      {backend === 'webgpu' ? <a href={`${location.pathname}?executor=cpu${location.hash}`}>Try the processor</a> : null}
    </p>
  );
}
