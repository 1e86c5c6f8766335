package hallows.bench;

import hallows.log.Appender;
import hallows.log.Log;
import hallows.model.Outcome;
import hallows.runtime.MemoryRegion;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.function.IntConsumer;

/// A log whose appenders are told when what they brought is durable. On its shard.
final class FlushedLog implements Undisturbed {
    private final Log log;
    private final IntConsumer acknowledge;
    private final ArrayDeque<Append> waiting = new ArrayDeque<>();

    private record Append(int appender, long lastOffset) {}

    /// Makes an empty one. Blocks.
    FlushedLog(Path directory, IntConsumer acknowledge) {
        this.log = OurLog.durable(directory, this);
        this.acknowledge = acknowledge;
    }

    Log log() {
        return log;
    }

    void stage(int appender, MemoryRegion batch) {
        Outcome outcome = log.stage(batch, Appender.CLIENT, 0);
        if (!(outcome instanceof Outcome.Staged(long _, long last, long _))) {
            throw new IllegalStateException(outcome.toString());
        }
        waiting.add(new Append(appender, last));
    }

    @Override
    public void durable(long end) {
        while (!waiting.isEmpty() && waiting.element().lastOffset() < end) {
            acknowledge.accept(waiting.remove().appender());
        }
    }
}
