// Time of each dispatch by timestamp queries. While an executor has one of these, every kernel call is a compute pass of
// its own that writes the time at its beginning and its end; collect() reads them back. Browsers round the times (to
// 0.1 ms in Chromium) unless started otherwise.

/** WebGPU's largest query set. */
const MOST_QUERIES = 4096;
const BYTES = 8;

export interface TimedCall { readonly label: string; readonly ms: number }

export class Timestamps {
  private readonly queries: GPUQuerySet;
  private readonly resolved: GPUBuffer;
  private labels: string[] = [];
  /** calls since the last collect that the set had no room for */
  missed = 0;

  static isSupported(device: GPUDevice): boolean {
    return device.features.has('timestamp-query');
  }

  constructor(private readonly device: GPUDevice) {
    this.queries = device.createQuerySet({ label: 'timestamps', type: 'timestamp', count: MOST_QUERIES });
    this.resolved = device.createBuffer({ label: 'timestamps', size: MOST_QUERIES * BYTES, usage: GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC });
  }

  /** What the pass of one call is to write; undefined, and the call is not timed, when the set is full. */
  writes(label: string): GPUComputePassTimestampWrites | undefined {
    const at = 2 * this.labels.length;
    if (at + 2 > MOST_QUERIES) {
      this.missed++;
      return undefined;
    }
    this.labels.push(label);
    return { querySet: this.queries, beginningOfPassWriteIndex: at, endOfPassWriteIndex: at + 1 };
  }

  /** Times of all calls since the last collect, in order. Call it when the work is done. */
  async collect(): Promise<TimedCall[]> {
    const labels = this.labels;
    this.labels = [];
    this.missed = 0;
    if (labels.length === 0) return [];
    const size = 2 * labels.length * BYTES;
    const staging = this.device.createBuffer({ size, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST });
    const encoder = this.device.createCommandEncoder();
    encoder.resolveQuerySet(this.queries, 0, 2 * labels.length, this.resolved, 0);
    encoder.copyBufferToBuffer(this.resolved, 0, staging, 0, size);
    this.device.queue.submit([encoder.finish()]);
    await staging.mapAsync(GPUMapMode.READ);
    const times = new BigUint64Array(staging.getMappedRange().slice(0));
    staging.destroy();
    return labels.map((label, i) => ({ label, ms: Number(times[2 * i + 1]! - times[2 * i]!) / 1e6 }));
  }

  destroy(): void {
    this.queries.destroy();
    this.resolved.destroy();
  }
}
