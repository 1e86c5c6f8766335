package hallows.kafka;

import hallows.kafka.Api.Order;
import hallows.kafka.Api.Quota;
import hallows.kafka.Api.Right;
import hallows.runtime.SchedulingClass;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.common.message.CreateTopicsRequestData;
import org.apache.kafka.common.message.DeleteTopicsRequestData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.jspecify.annotations.Nullable;

/// All that is spoken on one shard, by the number of the API.
final class ApiTable {
    private final @Nullable Api[] apis;

    private ApiTable(List<Api> spoken) {
        int most = spoken.stream().mapToInt(api -> api.key().id).max().orElse(-1);
        apis = new Api[most + 1];
        spoken.forEach(api -> apis[api.key().id] = api);
    }

    /// What a front end speaks.
    static ApiTable of(Station station) {
        return new ApiTable(Stream.concat(data(station), control(station)).toList());
    }

    private static Stream<Api> data(Station station) {
        FetchSessions sessions =
                new FetchSessions(
                        station.options().sessions(), station.seat().clock(), station.dice());
        Api.Terms produce = data(Right.WRITE_TOPICS, Quota.BYTES_IN, Order.OVERLAPPING);
        Api.Terms fetch = data(Right.READ_TOPICS, Quota.BYTES_OUT, Order.ALONE);
        Api.Terms search = data(Right.DESCRIBE_TOPICS, Quota.TIME, Order.ALONE);
        Api.Terms number = data(Right.WRITE_IDEMPOTENTLY, Quota.TIME, Order.ALONE);
        return Stream.of(
                Api.of(ApiKeys.PRODUCE, produce, new ProduceHandler(station)),
                Api.of(ApiKeys.FETCH, fetch, new FetchHandler(station, sessions)),
                Api.of(ApiKeys.LIST_OFFSETS, search, new OffsetsHandler(station)),
                Api.of(ApiKeys.OFFSET_FOR_LEADER_EPOCH, search, new EpochsHandler(station)),
                Api.of(ApiKeys.INIT_PRODUCER_ID, number, new ProducerIdHandler(station)));
    }

    private static Stream<Api> control(Station station) {
        Api.Terms free = control(Right.NONE, Quota.TIME);
        Api.Terms topics = control(Right.DESCRIBE_TOPICS, Quota.TIME);
        Api.Terms cluster = control(Right.DESCRIBE_CLUSTER, Quota.TIME);
        Api.Terms create = control(Right.CREATE_TOPICS, Quota.CHANGES);
        Api.Terms delete = control(Right.DELETE_TOPICS, Quota.CHANGES);
        Handler creation =
                new TopicsHandler<>(station, CreateTopicsRequestData::new, Unanswered::creation);
        Handler deletion =
                new TopicsHandler<>(station, DeleteTopicsRequestData::new, Unanswered::deletion);
        return Stream.of(
                Api.of(ApiKeys.API_VERSIONS, free, new VersionsHandler(station)),
                Api.of(ApiKeys.METADATA, topics, new MetadataHandler(station)),
                Api.of(ApiKeys.DESCRIBE_CLUSTER, cluster, new ClusterHandler(station)),
                Api.of(ApiKeys.DESCRIBE_TOPIC_PARTITIONS, topics, new PartitionsHandler(station)),
                Api.of(ApiKeys.CREATE_TOPICS, create, creation),
                Api.of(ApiKeys.DELETE_TOPICS, delete, deletion));
    }

    private static Api.Terms data(Right right, Quota quota, Order order) {
        return new Api.Terms(SchedulingClass.MESSAGING, right, quota, order);
    }

    private static Api.Terms control(Right right, Quota quota) {
        return new Api.Terms(SchedulingClass.INTERACTIVE, right, quota, Order.ALONE);
    }

    /// The API with this number; null when there is none.
    @Nullable Api find(short number) {
        return number < 0 || number >= apis.length ? null : apis[number];
    }

    /// All of them, by number.
    void forEach(Consumer<Api> each) {
        for (Api api : apis) {
            if (api != null) {
                each.accept(api);
            }
        }
    }
}
