package hallows.bench.kafka;

import java.util.stream.IntStream;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;

/// A batch as Kafka's clients make it.
public final class KafkaBatch {
    private static final long PRODUCER = 7;

    private KafkaBatch() {}

    /// So many records of now, without keys; `signed` by an idempotent producer or not.
    public static byte[] of(int records, int valueBytes, boolean signed) {
        long now = System.currentTimeMillis();
        SimpleRecord[] all =
                IntStream.range(0, records)
                        .mapToObj(i -> new SimpleRecord(now + i / 10, value(valueBytes, i)))
                        .toArray(SimpleRecord[]::new);
        MemoryRecords batch =
                signed
                        ? MemoryRecords.withIdempotentRecords(
                                Compression.NONE, PRODUCER, (short) 0, 0, all)
                        : MemoryRecords.withRecords(Compression.NONE, all);
        byte[] bytes = new byte[batch.sizeInBytes()];
        batch.buffer().get(bytes);
        return bytes;
    }

    private static byte[] value(int valueBytes, int index) {
        byte[] value = new byte[valueBytes];
        for (int i = 0; i < value.length; i++) {
            value[i] = (byte) (i * 31 + index);
        }
        return value;
    }
}
