package hallows.kafka;

import hallows.broker.Append;
import hallows.cluster.ClusterImage;
import hallows.cluster.TopicImage;
import hallows.model.PartitionId;
import hallows.runtime.MemoryRegion;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.common.protocol.Errors;
import org.jspecify.annotations.Nullable;

/// Appends what clients produce. A batch goes to the log in memory of its own: in that of its frame
/// where it is alone in it, else it is copied out of it.
final class ProduceHandler implements Handler {
    /// How Kafka's admin client calls itself, which may write to internal topics.
    private static final String ADMIN_CLIENT = "__admin_client";

    /// From this version on clients know ZStandard.
    private static final int ZSTD_VERSION = 7;

    private final Station station;

    ProduceHandler(Station station) {
        this.station = station;
    }

    @Override
    public boolean serve(Incoming request) {
        boolean flexible = request.version() >= ProduceCall.FLEXIBLE_VERSION;
        ProduceCall call = ProduceCall.read(request.reader(flexible), request.version());
        List<ProducePart> parts = parts(request, call);
        List<Append.Batch> batches = new ArrayList<>(parts.size());
        List<MemoryRegion> taken = new ArrayList<>(parts.size());
        for (ProducePart part : parts) {
            PartitionId partition = part.partition();
            if (partition == null) {
                continue;
            }
            MemoryRegion region = bytes(request, part.part(), parts.size() == 1);
            if (region == null) {
                taken.forEach(MemoryRegion::release);
                return false;
            }
            taken.add(region);
            batches.add(new Append.Batch(partition, region));
        }
        ProduceReply reply = new ProduceReply(station, request, call, parts);
        Append.Terms terms = new Append.Terms(acks(call.acks()), Math.max(0, call.timeoutMillis()));
        Append append = new Append(terms, batches, done -> reply.answered(done.parts()));
        request.submit(append, () -> taken.forEach(MemoryRegion::release));
        return true;
    }

    /// The bytes of a batch, in memory of their own; null when there is none for them.
    private @Nullable MemoryRegion bytes(Incoming request, ProduceCall.Part part, boolean alone) {
        MemoryRegion given = alone ? request.give(part.at(), part.length()) : null;
        if (given != null) {
            return given;
        }
        MemoryRegion copy = station.buffers().allocate(part.length());
        if (copy != null) {
            copy.buffer().put(0, request.bytes(), part.at(), part.length());
        }
        return copy;
    }

    private List<ProducePart> parts(Incoming request, ProduceCall call) {
        ClusterImage image = station.broker().image();
        Errors all = wrongWithAll(request, call);
        List<ProducePart> parts = new ArrayList<>(call.batches());
        for (ProduceCall.Topic topic : call.topics()) {
            TopicImage found = new TopicRef(topic.name(), topic.id()).in(image);
            for (ProduceCall.Part part : topic.parts()) {
                Errors wrong = all == null ? wrong(request, call, found, part) : all;
                parts.add(ProducePart.of(part, found, wrong).framed(request.bytes()));
            }
        }
        return parts;
    }

    /// What is wrong with the request as a whole, if anything.
    private static @Nullable Errors wrongWithAll(Incoming request, ProduceCall call) {
        return call.isOutsideItsTransaction(request.bytes())
                ? Errors.TRANSACTIONAL_ID_AUTHORIZATION_FAILED
                : null;
    }

    private static @Nullable Errors wrong(
            Incoming request, ProduceCall call, @Nullable TopicImage found, ProduceCall.Part part) {
        if (found == null) {
            return request.version() < ProduceCall.IDS_VERSION
                    ? Errors.UNKNOWN_TOPIC_OR_PARTITION
                    : Errors.UNKNOWN_TOPIC_ID;
        }
        return part.partition() < 0 || part.partition() >= found.partitions().size()
                ? Errors.UNKNOWN_TOPIC_OR_PARTITION
                : refusal(request, call, found, part);
    }

    /// What a partition that is there does not take. In Kafka's order: who does two things wrong is
    /// told one of them.
    private static @Nullable Errors refusal(
            Incoming request, ProduceCall call, TopicImage found, ProduceCall.Part part) {
        if (request.version() < ZSTD_VERSION && ProduceCall.isZstd(request.bytes(), part)) {
            return Errors.UNSUPPORTED_COMPRESSION_TYPE;
        }
        if (call.acks() < -1 || call.acks() > 1) {
            return Errors.INVALID_REQUIRED_ACKS;
        }
        boolean internal = Topic.isInternal(found.name());
        return internal && !request.clientId().equals(ADMIN_CLIENT)
                ? Errors.INVALID_TOPIC_EXCEPTION
                : null;
    }

    private static Append.Acks acks(short acks) {
        return switch (acks) {
            case 0 -> Append.Acks.NONE;
            case 1 -> Append.Acks.LEADER;
            default -> Append.Acks.ALL;
        };
    }
}
