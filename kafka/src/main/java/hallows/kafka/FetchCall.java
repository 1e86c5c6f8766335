package hallows.kafka;

import hallows.broker.Fetch;
import hallows.log.Isolation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a fetch request says.
///
/// @param limits how much is wanted, as the client said it
/// @param session which session it belongs to
/// @param replica the broker that asks, or a negative number for a consumer
/// @param places from where each partition is wanted, in the order of the client
/// @param forgotten partitions that the session is to forget
record FetchCall(
        Fetch.Limits limits,
        SessionRef session,
        int replica,
        Map<PartitionRef, Fetch.Position.Place> places,
        List<PartitionRef> forgotten) {
    /// From this version on lengths are compact, and readers say in which epoch they have read.
    static final int FLEXIBLE_VERSION = 12;

    /// From this version on topics have ids and no names.
    static final int IDS_VERSION = 13;

    private static final int LOG_START_VERSION = 5;
    private static final int SESSION_VERSION = 7;
    private static final int LEADER_EPOCH_VERSION = 9;
    private static final int RACK_VERSION = 11;
    private static final int REPLICA_STATE_VERSION = 15;
    private static final int REPLICA_STATE_TAG = 1;
    private static final int CONSUMER = -1;

    /// Which session a request belongs to.
    ///
    /// @param id its number, or 0
    /// @param epoch the number of the request in it; 0 opens one, -1 does without
    record SessionRef(int id, int epoch) {}

    /// Reads a request that has passed the walk.
    static FetchCall read(WireReader in, int version) {
        int replica = version < REPLICA_STATE_VERSION ? in.int32() : CONSUMER;
        int waitMillis = Math.max(0, in.int32());
        int bytesMin = in.int32();
        int bytesMax = Math.max(0, in.int32());
        Isolation isolation = in.int8() == 1 ? Isolation.COMMITTED : Isolation.UNCOMMITTED;
        Fetch.Limits limits = new Fetch.Limits(bytesMin, bytesMax, waitMillis, isolation);
        boolean sessions = version >= SESSION_VERSION;
        SessionRef session =
                sessions ? new SessionRef(in.int32(), in.int32()) : new SessionRef(0, -1);
        Map<PartitionRef, Fetch.Position.Place> places = places(in, version);
        List<PartitionRef> forgotten = sessions ? forgotten(in, version) : List.of();
        if (version >= RACK_VERSION) {
            in.text();
        }
        int asker = version < REPLICA_STATE_VERSION ? replica : taggedReplica(in);
        return new FetchCall(limits, session, asker, places, forgotten);
    }

    private static Map<PartitionRef, Fetch.Position.Place> places(WireReader in, int version) {
        Map<PartitionRef, Fetch.Position.Place> places = new LinkedHashMap<>();
        for (int topics = in.count(); topics > 0; topics--) {
            TopicRef topic = topic(in, version);
            for (int parts = in.count(); parts > 0; parts--) {
                PartitionRef key = new PartitionRef(topic, in.int32());
                places.put(key, place(in, version));
            }
            in.skipTags();
        }
        return places;
    }

    private static TopicRef topic(WireReader in, int version) {
        return version < IDS_VERSION
                ? new TopicRef(in.text(), TopicRef.NO_ID)
                : new TopicRef("", in.topicId());
    }

    private static Fetch.Position.Place place(WireReader in, int version) {
        int none = Fetch.Position.NO_EPOCH;
        int leaderEpoch = version >= LEADER_EPOCH_VERSION ? Math.max(none, in.int32()) : none;
        long offset = in.int64();
        int lastEpoch = version >= FLEXIBLE_VERSION ? Math.max(none, in.int32()) : none;
        if (version >= LOG_START_VERSION) {
            // Where the log of a replica begins.
            in.int64();
        }
        int bytesMax = Math.max(0, in.int32());
        in.skipTags();
        return new Fetch.Position.Place(offset, bytesMax, leaderEpoch, lastEpoch);
    }

    private static List<PartitionRef> forgotten(WireReader in, int version) {
        List<PartitionRef> forgotten = new ArrayList<>();
        for (int topics = in.count(); topics > 0; topics--) {
            TopicRef topic = topic(in, version);
            for (int parts = in.count(); parts > 0; parts--) {
                forgotten.add(new PartitionRef(topic, in.int32()));
            }
            in.skipTags();
        }
        return forgotten;
    }

    private static int taggedReplica(WireReader in) {
        int replica = CONSUMER;
        for (int tags = in.varint(); tags > 0; tags--) {
            int tag = in.varint();
            int end = in.varint() + in.position();
            if (tag == REPLICA_STATE_TAG) {
                replica = in.int32();
            }
            in.skip(end - in.position());
        }
        return replica;
    }

    /// The same wish, within what this broker gives.
    Fetch.Limits limits(int brokerBytesMax) {
        int bytesMax = Math.min(limits.bytesMax(), brokerBytesMax);
        int bytesMin = Math.min(limits.bytesMin(), bytesMax);
        return new Fetch.Limits(bytesMin, bytesMax, limits.waitMillis(), limits.isolation());
    }
}
