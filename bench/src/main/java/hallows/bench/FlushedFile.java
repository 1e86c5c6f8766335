package hallows.bench;

import hallows.log.Durability;
import hallows.log.FlushRounds;
import hallows.log.Upkeep;
import hallows.runtime.DiskFile;
import hallows.runtime.Result;
import hallows.runtime.Written;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/// A log that is one file: what appenders bring in a cycle is one write, and each is told when its
/// bytes are durable. On its shard.
final class FlushedFile implements Upkeep.Kept {
    private final DiskFile file;
    private final IntConsumer acknowledge;
    private final List<ByteBuffer> staged = new ArrayList<>();
    private final ArrayDeque<Append> waiting = new ArrayDeque<>();
    private long stagedEnd;
    private long writtenEnd;

    private record Append(int appender, long end) {}

    FlushedFile(DiskFile file, IntConsumer acknowledge) {
        this.file = file;
        this.acknowledge = acknowledge;
    }

    void stage(int appender, ByteBuffer bytes) {
        staged.add(bytes);
        stagedEnd += bytes.remaining();
        waiting.add(new Append(appender, stagedEnd));
    }

    void commit(FlushRounds rounds) {
        if (staged.isEmpty()) {
            return;
        }
        Written written = file.write(writtenEnd, staged);
        if (written.fault() != null) {
            throw new IllegalStateException(written.fault().message());
        }
        staged.clear();
        rounds.wrote(this, stagedEnd - writtenEnd, Durability.FSYNC);
        writtenEnd = stagedEnd;
    }

    @Override
    public Upkeep upkeep() {
        return new Upkeep(writtenEnd, () -> Result.DONE, List.of(file));
    }

    @Override
    public void wantFlush() {}

    @Override
    public void keptUp(Upkeep upkeep, Result<Result.Done> result) {
        result.orThrow();
        while (!waiting.isEmpty() && waiting.element().end() <= upkeep.end()) {
            acknowledge.accept(waiting.remove().appender());
        }
    }
}
