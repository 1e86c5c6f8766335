package hallows.broker;

import hallows.model.Outcome;
import hallows.model.PartitionId;
import hallows.runtime.MemoryRegion;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Batches for some partitions, each to be appended by itself.
public final class Append extends Request {
    private final Terms terms;
    private final List<Batch> batches;
    private final Consumer<? super Append> then;

    /// When an append counts as done.
    public enum Acks {
        /// When it has its place: nobody waits for more.
        NONE,
        /// When its leader has written it.
        LEADER,
        /// When it cannot be lost any more: all replicas in sync have it, and readers see it.
        ALL
    }

    /// What its producer wants.
    ///
    /// @param acks when it counts as done
    /// @param timeoutMillis how long to wait for that
    public record Terms(Acks acks, int timeoutMillis) {}

    /// @param then is told when every batch has its [Appended]; at once where nothing is waited for
    public Append(Terms terms, List<Batch> batches, Consumer<? super Append> then) {
        this.terms = terms;
        this.batches = List.copyOf(batches);
        this.then = then;
    }

    /// A batch for one partition, with bytes that are the broker's from [Broker#submit] on,
    /// whatever becomes of them.
    public static final class Batch extends Part {
        private @Nullable MemoryRegion bytes;
        private @Nullable Appended outcome;

        /// Exactly the bytes that a client brought for the partition.
        public Batch(PartitionId partition, MemoryRegion bytes) {
            super(partition);
            this.bytes = bytes;
        }

        /// What became of it. Once it is answered.
        public Appended outcome() {
            return Objects.requireNonNull(outcome, "an answered batch has an outcome");
        }

        /// The bytes, from now on the caller's.
        MemoryRegion takeBytes() {
            MemoryRegion taken = Objects.requireNonNull(bytes, "bytes are taken once");
            bytes = null;
            return taken;
        }

        @Override
        void refuse(Outcome.Refused why) {
            answer(new Appended.Refused(why));
        }

        @Override
        void discard() {
            if (bytes != null) {
                bytes.release();
                bytes = null;
            }
        }

        boolean isAnswered() {
            return outcome != null;
        }

        void answer(Appended what) {
            outcome = what;
        }
    }

    /// What its producer wants.
    public Terms terms() {
        return terms;
    }

    @Override
    public List<Batch> parts() {
        return batches;
    }

    @Override
    void answered() {
        then.accept(this);
    }
}
