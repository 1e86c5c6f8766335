package hallows.kafka;

import hallows.broker.Fetch;
import hallows.cluster.ClusterImage;
import hallows.cluster.PartitionImage;
import hallows.cluster.TopicImage;
import hallows.model.PartitionId;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.protocol.Errors;

/// Reads for consumers.
final class FetchHandler implements Handler {
    /// From this version on clients know ZStandard.
    private static final int ZSTD_VERSION = 10;

    private final Station station;
    private final FetchSessions sessions;

    FetchHandler(Station station, FetchSessions sessions) {
        this.station = station;
        this.sessions = sessions;
    }

    @Override
    public boolean serve(Incoming request) {
        boolean flexible = request.version() >= FetchCall.FLEXIBLE_VERSION;
        FetchCall call = FetchCall.read(request.reader(flexible), request.version());
        FetchContext context = sessions.context(call, request.version() >= FetchCall.IDS_VERSION);
        Asked asked = new Asked(request, call, context);
        context.places().forEach((key, place) -> sort(asked, key, place));
        if (asked.positions.isEmpty()) {
            reply(asked);
            return true;
        }
        Fetch.Limits limits = call.limits(station.options().limits().fetchBytesMax());
        Fetch fetch =
                new Fetch(
                        asked.hurries ? atOnce(limits) : limits,
                        asked.positions,
                        done -> answered(asked, done));
        request.submit(fetch, () -> {});
        return true;
    }

    private static Fetch.Limits atOnce(Fetch.Limits limits) {
        return new Fetch.Limits(limits.bytesMin(), limits.bytesMax(), 0, limits.isolation());
    }

    /// A fetch on its way.
    private static final class Asked {
        final Incoming request;
        final FetchCall call;
        final FetchContext context;
        final List<PartitionRef> keys = new ArrayList<>();
        final List<Fetch.Position> positions = new ArrayList<>();
        final List<FetchAnswer> unread = new ArrayList<>();
        final List<FetchAnswer> answers = new ArrayList<>();

        /// Whether the others do not wait, since one of the logs is another than was asked for.
        boolean hurries;

        Asked(Incoming request, FetchCall call, FetchContext context) {
            this.request = request;
            this.call = call;
            this.context = context;
        }
    }

    private void sort(Asked asked, PartitionRef key, Fetch.Position.Place place) {
        ClusterImage image = station.broker().image();
        TopicImage topic = key.topic().in(image);
        if (topic == null) {
            asked.unread.add(missing(asked, key));
            return;
        }
        if (key.topic().name().isEmpty()) {
            asked.context.named(key, topic.name());
        }
        PartitionId id = new PartitionId(topic.id(), key.partition());
        Errors wrong =
                image.topics()
                        .partition(id)
                        .map(partition -> wrong(asked, topic, partition, place))
                        .orElse(Errors.UNKNOWN_TOPIC_OR_PARTITION);
        if (wrong == Errors.NONE) {
            asked.keys.add(key);
            asked.positions.add(new Fetch.Position(id, place));
        } else if (asked.call.replica() >= 0) {
            asked.unread.add(FetchAnswer.refused(key, id, wrong));
        } else {
            asked.unread.add(FetchAnswer.unread(key, wrong));
        }
    }

    /// There is no such topic, or no more; another may have its name by now.
    private FetchAnswer missing(Asked asked, PartitionRef key) {
        if (asked.request.version() < FetchCall.IDS_VERSION) {
            return FetchAnswer.unread(key, Errors.UNKNOWN_TOPIC_OR_PARTITION);
        }
        String name = asked.context.nameOf(key);
        if (name == null) {
            return FetchAnswer.unread(key, Errors.UNKNOWN_TOPIC_ID);
        }
        PartitionRef other = new PartitionRef(new TopicRef(name, TopicRef.NO_ID), key.partition());
        if (other.in(station.broker().image()) == null) {
            return FetchAnswer.unread(key, Errors.UNKNOWN_TOPIC_OR_PARTITION);
        }
        asked.hurries = true;
        PartitionId gone = new PartitionId(key.topic().id(), key.partition());
        return FetchAnswer.refused(key, gone, Errors.INCONSISTENT_TOPIC_ID);
    }

    private Errors wrong(
            Asked asked, TopicImage topic, PartitionImage partition, Fetch.Position.Place place) {
        if (asked.call.replica() >= 0) {
            return notFollowed(partition, place);
        }
        boolean zstd =
                asked.request.version() < ZSTD_VERSION
                        && "zstd"
                                .equals(
                                        station.broker()
                                                .image()
                                                .configs()
                                                .topic(topic.name(), "compression.type"));
        return zstd ? Errors.UNSUPPORTED_COMPRESSION_TYPE : Errors.NONE;
    }

    /// Nobody follows this broker: who says so is told what Kafka tells a stranger.
    private Errors notFollowed(PartitionImage partition, Fetch.Position.Place place) {
        int theirs = place.leaderEpoch();
        if (theirs >= 0 && theirs < partition.leaderEpoch()) {
            return Errors.FENCED_LEADER_EPOCH;
        }
        boolean leads = partition.leader() == station.broker().nodeId();
        return leads && theirs >= 0 ? Errors.UNKNOWN_LEADER_EPOCH : Errors.NOT_LEADER_OR_FOLLOWER;
    }

    private void answered(Asked asked, Fetch fetch) {
        for (int i = 0; i < asked.keys.size(); i++) {
            Fetch.Position position = asked.positions.get(i);
            asked.answers.add(
                    FetchAnswer.read(
                            asked.keys.get(i),
                            position.partition(),
                            position.outcome(),
                            fetch.limits().isolation()));
        }
        reply(asked);
    }

    private void reply(Asked asked) {
        asked.answers.addAll(asked.unread);
        FetchContext.Told told = asked.context.tell(asked.answers);
        Incoming request = asked.request;
        FetchWriting writing =
                new FetchWriting(request.writer(), request.version(), station.leaders())
                        .forFollower(asked.call.replica() >= 0);
        request.reply(writing.write(told.error(), told.session(), told.answers()));
    }
}
