package hallows.kafka;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.message.FetchRequestData.FetchPartition;
import org.apache.kafka.common.message.FetchRequestData.FetchTopic;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.FetchResponseData.PartitionData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;

/// Reads all partitions from their beginnings on, and goes on for ever. It asks several times
/// before it is answered, and now and then takes nothing out for a while, so that answers pile up.
final class RemoteReader extends RemoteClient {
    private static final int OLDEST_VERSION = 4;
    private static final int SESSIONS_VERSION = 7;
    private static final int NEWEST_VERSION = 18;
    private static final int UNLIMITED = 1 << 20;
    private static final int NO_SESSION = -1;
    private static final int PILE = 12;

    private static final Set<Errors> SESSION_LOST =
            EnumSet.of(
                    Errors.FETCH_SESSION_ID_NOT_FOUND,
                    Errors.INVALID_FETCH_SESSION_EPOCH,
                    Errors.FETCH_SESSION_TOPIC_ID_ERROR);

    private final List<PartitionFacts> partitions;
    private final Manner manner;
    private final Map<Integer, PartitionSight> sights = new LinkedHashMap<>();
    private long pausedUntilNanos;
    private boolean paused;
    private boolean dawdles = true;
    private boolean hasReadAll;
    private int session;
    private int epoch;

    /// How it reads.
    ///
    /// @param depth how many times it asks before it is answered
    /// @param sessionVersion of requests in a session; 0 for one that does without
    /// @param pauses whether it takes nothing out now and then
    record Manner(int depth, int sessionVersion, boolean pauses) {
        static int sessionVersions() {
            return NEWEST_VERSION - SESSIONS_VERSION + 1;
        }
    }

    RemoteReader(Site site, List<PartitionFacts> partitions, Manner manner) {
        super(site);
        this.partitions = partitions;
        this.manner = manner;
        beginAnew();
    }

    private void beginAnew() {
        partitions.forEach(each -> sights.put(each.partition(), new PartitionSight(each)));
    }

    /// It is to read all that anybody knows of, from where it is.
    void readAll() {
        hasReadAll = false;
    }

    /// It is to read all from the beginnings once more, and without a pause.
    void readAgain() {
        dawdles = false;
        hasReadAll = false;
        beginAnew();
    }

    /// Whether it has, since it was told to; perhaps it has begun anew then.
    boolean hasReadAll() {
        hasReadAll |=
                sights.values().stream().allMatch(sight -> sight.next() >= sight.facts().end());
        return hasReadAll;
    }

    @Override
    boolean isDone() {
        return true;
    }

    @Override
    void lost() {
        paused = false;
        endSession();
        if (dawdles && dice().oneIn(4)) {
            beginAnew();
        }
    }

    private void endSession() {
        session = 0;
        epoch = 0;
    }

    @Override
    void act(Line here) {
        if (paused && site().service().nanos() > pausedUntilNanos) {
            paused = false;
            here.readOn();
        }
        if (dawdles && dice().oneIn(300)) {
            here.hangUp();
            return;
        }
        if (dawdles && !paused) {
            perhapsPause(here);
        }
        askOn(here);
    }

    private void askOn(Line here) {
        while (here.unanswered() < depth() && !here.isFull() && dice().oneIn(2)) {
            fetch(here);
        }
    }

    private void perhapsPause(Line here) {
        if (manner.pauses && dice().oneIn(40)) {
            pause(here);
        }
    }

    private void pause(Line here) {
        paused = true;
        pausedUntilNanos = site().service().nanos() + 1_000_000L * dice().below(1_500);
        here.pause();
        if (dice().oneIn(5)) {
            beginAnew();
        }
    }

    /// In a session the next request says what the last one has brought.
    private int depth() {
        if (manner.sessionVersion > 0) {
            return 1;
        }
        return paused ? PILE : manner.depth;
    }

    private void fetch(Line here) {
        boolean inSession = manner.sessionVersion > 0;
        int version =
                inSession
                        ? manner.sessionVersion
                        : OLDEST_VERSION + dice().below(NEWEST_VERSION - OLDEST_VERSION + 1);
        Question question = new Question(version, new LinkedHashMap<>(), new LinkedHashMap<>());
        for (PartitionSight sight : sights.values()) {
            question.known.put(sight.facts().partition(), sight.facts().end());
            if (inSession || question.from.isEmpty() || dice().below(3) > 0) {
                question.from.put(sight.facts().partition(), sight.next());
            }
        }
        FetchRequestData request =
                new FetchRequestData()
                        .setMaxWaitMs(dice().below(200))
                        .setMinBytes(dice().oneIn(3) ? 1 + dice().below(3_000) : 1)
                        .setMaxBytes(most())
                        .setIsolationLevel((byte) dice().below(2))
                        .setSessionId(inSession ? session : 0)
                        .setSessionEpoch(inSession ? epoch : NO_SESSION)
                        .setTopics(List.of(topic(question)));
        here.ask(request, version, frame -> answered(question, frame));
    }

    private int most() {
        return dice().oneIn(3) ? 1 + dice().below(3_000) : UNLIMITED;
    }

    private FetchTopic topic(Question question) {
        List<FetchPartition> wanted = new ArrayList<>();
        question.from.forEach((partition, offset) ->
                wanted.add(
                        new FetchPartition()
                                .setPartition(partition)
                                .setFetchOffset(offset)
                                .setPartitionMaxBytes(most())));
        return new FetchTopic()
                .setTopic(Images.APPLES.name())
                .setTopicId(TopicRef.uuid(Images.APPLES.id()))
                .setPartitions(wanted);
    }

    /// What was asked.
    ///
    /// @param version in which version
    /// @param from from where each partition was wanted
    /// @param known up to where somebody knew each partition then
    private record Question(int version, Map<Integer, Long> from, Map<Integer, Long> known) {}

    private void answered(Question question, ByteBuffer frame) {
        FetchResponseData reply =
                Frames.response(
                        ApiKeys.FETCH, (short) question.version, frame, new FetchResponseData());
        Errors error = Errors.forCode(reply.errorCode());
        if (error == Errors.NONE) {
            session = reply.sessionId();
            epoch = session == 0 ? 0 : epoch + 1;
        } else if (manner.sessionVersion > 0 && SESSION_LOST.contains(error)) {
            endSession();
        } else {
            site().service().complaints().accept("no reader is refused like this: " + error);
        }
        reply.responses()
                .forEach(topic -> topic.partitions().forEach(told -> answered(question, told)));
    }

    private void answered(Question question, PartitionData told) {
        PartitionSight sight = sights.get(told.partitionIndex());
        Long from = question.from.get(told.partitionIndex());
        if (sight == null || from == null) {
            site().service().complaints().accept("nobody has asked for " + told);
            return;
        }
        PartitionFacts facts = sight.facts();
        Errors error = Errors.forCode(told.errorCode());
        if (error != Errors.NONE) {
            if (!IdempotentProducer.PASSING.contains(error)) {
                facts.complain("no reader is refused like this: " + error);
            }
            return;
        }
        long known = question.known.getOrDefault(told.partitionIndex(), 0L);
        // While a partition is opened nobody knows how far it goes.
        if (told.highWatermark() >= 0 && told.highWatermark() < known) {
            facts.complain(
                    "the high watermark is %d, though %d is known"
                            .formatted(told.highWatermark(), known));
        }
        sight.read(from, told);
    }

    @Override
    public String toString() {
        return "%s: %s%s at %s"
                .formatted(
                        super.toString(),
                        manner,
                        paused ? ", pauses" : "",
                        sights.values().stream()
                                .map(sight -> sight.facts() + ", here " + sight.next())
                                .toList());
    }
}
