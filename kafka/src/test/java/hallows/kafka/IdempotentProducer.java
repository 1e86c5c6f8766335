package hallows.kafka;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.message.ProduceResponseData.PartitionProduceResponse;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;

/// Brings numbered pieces to one partition, up to five batches at a time without waiting. What is
/// refused, or lost with a connection, it brings again, all of it in order, until all is there.
final class IdempotentProducer extends RemoteClient {
    /// How many there may be: from here on voices belong to others.
    static final long VOICES = 1_000;

    /// What goes by.
    static final Set<Errors> PASSING =
            EnumSet.of(
                    Errors.NOT_LEADER_OR_FOLLOWER,
                    Errors.REQUEST_TIMED_OUT,
                    Errors.KAFKA_STORAGE_ERROR);

    private static final int WINDOW = 5;
    private static final int VALUE_BYTES_MAX = 300;
    private static final int OLDEST_VERSION = 9;
    private static final int VERSIONS = 5;

    private final PartitionFacts facts;
    private final long voice;
    private final int batches;
    private final ArrayDeque<Batch> kept = new ArrayDeque<>();
    private int brought;
    private int nextNumber;
    private int underway;

    /// Whether all that is kept has to be brought again.
    private boolean again;

    /// Whether what was brought again is not all there yet: a log remembers five batches, so that
    /// nothing new may come before.
    private boolean cautious;

    /// Whether the log knows this producer. It takes any first batch of a stranger.
    private boolean known;

    /// What is not acknowledged.
    ///
    /// @param life the process that it was brought to first
    /// @param pieces its records
    /// @param records its bytes
    private record Batch(int life, List<PartitionFacts.Piece> pieces, MemoryRecords records) {}

    /// A batch that is brought.
    ///
    /// @param first whether all before it are there
    /// @param life the process that it is brought to
    private record Attempt(Batch batch, boolean first, int life) {
        /// Of what was before a start a log knows the last batch only, as in Kafka.
        boolean mayBeForgotten() {
            return first && batch.life < life;
        }
    }

    IdempotentProducer(Site site, PartitionFacts facts, long voice, int batches) {
        super(site);
        this.facts = facts;
        this.voice = voice;
        this.batches = batches;
    }

    @Override
    boolean isDone() {
        return brought == batches && kept.isEmpty();
    }

    /// Complains when something that it has brought is not there.
    void checkWhole() {
        for (long number = 0; number < nextNumber; number++) {
            PartitionFacts.Piece piece = new PartitionFacts.Piece(voice, number);
            if (!facts.isThere(piece)) {
                facts.complain(piece + " is lost");
            }
        }
    }

    @Override
    void lost() {
        underway = 0;
        again = true;
    }

    @Override
    void act(Line here) {
        if (again && underway == 0) {
            again = false;
            cautious = true;
            bringAgain(here);
        }
        cautious &= !kept.isEmpty();
        while (mayBringMore() && dice().below(3) > 0) {
            Attempt first = new Attempt(next(here.life()), kept.isEmpty(), here.life());
            kept.addLast(first.batch);
            brought++;
            bring(here, first);
        }
    }

    private void bringAgain(Line here) {
        boolean first = true;
        for (Batch batch : kept) {
            bring(here, new Attempt(batch, first, here.life()));
            first = false;
        }
    }

    private boolean mayBringMore() {
        return !again && !cautious && brought < batches && kept.size() < (known ? WINDOW : 1);
    }

    private Batch next(int life) {
        int sequence = nextNumber;
        List<PartitionFacts.Piece> pieces = new ArrayList<>();
        List<SimpleRecord> records = new ArrayList<>();
        long today = site().seat().clock().wallMillis();
        for (int count = 1 + dice().below(3); count > 0; count--) {
            PartitionFacts.Piece piece = new PartitionFacts.Piece(voice, nextNumber++);
            pieces.add(piece);
            byte[] value = piece.value(dice().below(VALUE_BYTES_MAX));
            records.add(new SimpleRecord(today, null, value));
        }
        MemoryRecords bytes =
                MemoryRecords.withIdempotentRecords(
                        dice().oneIn(4) ? Compression.gzip().build() : Compression.NONE,
                        voice,
                        (short) 0,
                        sequence,
                        records.toArray(SimpleRecord[]::new));
        return new Batch(life, pieces, bytes);
    }

    private void bring(Line here, Attempt attempt) {
        int version = OLDEST_VERSION + dice().below(VERSIONS);
        ProduceRequestData request =
                ProduceTest.request(version, facts.partition(), attempt.batch.records)
                        .setTimeoutMs(dice().oneIn(10) ? 1 + dice().below(5) : 30_000);
        underway++;
        here.ask(
                request,
                version,
                frame -> {
                    underway--;
                    answered(attempt, told(version, frame));
                });
    }

    private static PartitionProduceResponse told(int version, ByteBuffer frame) {
        return Frames.response(ApiKeys.PRODUCE, (short) version, frame, new ProduceResponseData())
                .responses()
                .iterator()
                .next()
                .partitionResponses()
                .getFirst();
    }

    private void answered(Attempt attempt, PartitionProduceResponse told) {
        Batch batch = attempt.batch;
        Errors error = Errors.forCode(told.errorCode());
        if (error == Errors.NONE) {
            kept.remove(batch);
            known = true;
            for (int i = 0; i < batch.pieces.size(); i++) {
                facts.know(told.baseOffset() + i, batch.pieces.get(i));
            }
            return;
        }
        again = true;
        boolean gap = error == Errors.OUT_OF_ORDER_SEQUENCE_NUMBER;
        if (gap && attempt.mayBeForgotten()) {
            // Readers will see whether it is there.
            kept.remove(batch);
        } else if (!PASSING.contains(error) && !(gap && !attempt.first)) {
            // Only those behind one that was refused leave a gap.
            facts.complain("nobody is refused like this: %s %s".formatted(batch.pieces, error));
        }
    }

    @Override
    public String toString() {
        return "%s: voice %d, %d of %d, %d kept, %d underway"
                .formatted(super.toString(), voice, brought, batches, kept.size(), underway);
    }
}
