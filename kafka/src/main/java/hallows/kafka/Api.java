package hallows.kafka;

import hallows.runtime.SchedulingClass;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.protocol.ApiKeys;
import org.jspecify.annotations.Nullable;

/// One API: in which versions it is spoken, by whom it is served, and what is to be thought of
/// before.
///
/// @param key which of Kafka's
/// @param terms what is to be thought of
/// @param handler who serves it
/// @param shapes what its requests look like, from the oldest version on
record Api(ApiKeys key, Terms terms, Handler handler, List<Shape> shapes) {
    /// What is to be thought of before a request is served. Only `order` is looked at today. The
    /// others are said for each API as it comes, by whoever knows it best, and held for those who
    /// need them: a connection does all of its work in one class, as its replies have one order,
    /// and access control and quotas are to come.
    ///
    /// @param work whose share of the time it is to take
    /// @param right what one will have to be allowed to do
    /// @param quota what it will use up
    /// @param order what other requests of its connection may be underway
    record Terms(SchedulingClass work, Right right, Quota quota, Order order) {}

    /// What one must be allowed to do.
    enum Right {
        /// Anybody may ask.
        NONE,
        /// To see topics.
        DESCRIBE_TOPICS,
        /// To read topics.
        READ_TOPICS,
        /// To write to topics.
        WRITE_TOPICS,
        /// To create topics.
        CREATE_TOPICS,
        /// To delete topics.
        DELETE_TOPICS,
        /// To see the cluster.
        DESCRIBE_CLUSTER,
        /// To write somewhere, so that nothing is there twice.
        WRITE_IDEMPOTENTLY
    }

    /// What a request uses up.
    enum Quota {
        /// Time of the broker.
        TIME,
        /// Bytes that come.
        BYTES_IN,
        /// Bytes that go.
        BYTES_OUT,
        /// Changes of topics.
        CHANGES
    }

    /// What other requests of its connection may be underway.
    enum Order {
        /// None: as Kafka serves them.
        ALONE,
        /// Others of this API.
        OVERLAPPING
    }

    static Api of(ApiKeys key, Terms terms, Handler handler) {
        List<Shape> shapes =
                IntStream.rangeClosed(key.oldestVersion(), key.latestVersion(false))
                        .mapToObj(version -> Shape.of(key.messageType.requestSchemas()[version]))
                        .toList();
        return new Api(key, terms, handler, shapes);
    }

    short oldest() {
        return key.oldestVersion();
    }

    short latest() {
        return (short) (oldest() + shapes.size() - 1);
    }

    boolean speaks(short version) {
        return oldest() <= version && version <= latest();
    }

    /// What a request of this version looks like; null when it is not spoken.
    @Nullable Shape shape(short version) {
        return speaks(version) ? shapes.get(version - oldest()) : null;
    }

    boolean overlaps() {
        return terms.order() == Order.OVERLAPPING;
    }
}
