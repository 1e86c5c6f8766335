package hallows.kafka;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceRequestData.PartitionProduceData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.message.ProduceResponseData.PartitionProduceResponse;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;

/// Brings pieces to several partitions at once, each batch one time: what is refused or lost does
/// not come again. It speaks with a new voice on each connection, since what was on its way on the
/// last one may come later.
final class PlainProducer extends RemoteClient {
    /// The voices of one, on all of its connections.
    private static final long VOICES = 1_000_000;

    private final List<PartitionFacts> partitions;
    private final Plan plan;
    private long voice;
    private long nextNumber;
    private int brought;

    /// What it brings.
    ///
    /// @param number of this producer, from 1 on
    /// @param acks when it is content: -1, 0 or 1
    /// @param requests how many
    /// @param window how many of them without waiting
    /// @param valueBytesMax how large its pieces are
    record Plan(int number, short acks, int requests, int window, int valueBytesMax) {}

    PlainProducer(Site site, List<PartitionFacts> partitions, Plan plan) {
        super(site);
        this.partitions = partitions;
        this.plan = plan;
        this.voice = plan.number * VOICES;
    }

    @Override
    boolean isDone() {
        return brought == plan.requests;
    }

    @Override
    void lost() {
        voice++;
    }

    @Override
    void act(Line here) {
        while (!isDone() && here.unanswered() < plan.window && !here.isFull() && dice().oneIn(2)) {
            brought++;
            bring(here);
        }
    }

    private void bring(Line here) {
        int version = 3 + dice().below(11);
        List<PartitionFacts> to = new ArrayList<>();
        for (PartitionFacts one : partitions) {
            if (to.isEmpty() || dice().below(4) > 0) {
                to.add(one);
            }
        }
        List<PartitionFacts.Piece> pieces = new ArrayList<>();
        ProduceRequestData request = request(version, to, pieces);
        if (plan.acks == 0) {
            here.tell(request, version);
        } else {
            here.ask(request, version, frame -> answered(version, frame, to, pieces));
        }
    }

    /// One batch with one piece for each partition.
    private ProduceRequestData request(
            int version, List<PartitionFacts> to, List<PartitionFacts.Piece> pieces) {
        ProduceRequestData request = null;
        for (PartitionFacts one : to) {
            PartitionFacts.Piece piece = new PartitionFacts.Piece(voice, nextNumber++);
            pieces.add(piece);
            long today = site().seat().clock().wallMillis();
            byte[] value = piece.value(plan.valueBytesMax / (1 + dice().below(3)));
            MemoryRecords records =
                    MemoryRecords.withRecords(
                            Compression.NONE, new SimpleRecord(today, null, value));
            if (request == null) {
                request = ProduceTest.request(version, one.partition(), records);
            } else {
                request.topicData()
                        .iterator()
                        .next()
                        .partitionData()
                        .add(
                                new PartitionProduceData()
                                        .setIndex(one.partition())
                                        .setRecords(records));
            }
        }
        if (request == null) {
            throw new AssertionError("something is brought");
        }
        return request.setAcks(plan.acks).setTimeoutMs(30_000);
    }

    private void answered(
            int version,
            ByteBuffer frame,
            List<PartitionFacts> to,
            List<PartitionFacts.Piece> pieces) {
        List<PartitionProduceResponse> told =
                Frames.response(ApiKeys.PRODUCE, (short) version, frame, new ProduceResponseData())
                        .responses()
                        .iterator()
                        .next()
                        .partitionResponses();
        for (int i = 0; i < to.size(); i++) {
            answered(to.get(i), pieces.get(i), told.get(i));
        }
    }

    private void answered(
            PartitionFacts one, PartitionFacts.Piece piece, PartitionProduceResponse told) {
        Errors error = Errors.forCode(told.errorCode());
        if (one.partition() != told.index()) {
            one.complain("the answer for another one: " + told);
        } else if (error == Errors.NONE && plan.acks == -1) {
            one.know(told.baseOffset(), piece);
        } else if (error != Errors.NONE && !IdempotentProducer.PASSING.contains(error)) {
            one.complain("nobody is refused like this: %s %s".formatted(piece, error));
        }
    }

    @Override
    public String toString() {
        return "%s: %s, %d brought".formatted(super.toString(), plan, brought);
    }
}
