package hallows.kafka;

import hallows.kafka.Api.Order;
import hallows.kafka.Api.Quota;
import hallows.kafka.Api.Right;
import hallows.runtime.SchedulingClass;
import java.util.List;
import java.util.function.Consumer;
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
        FetchSessions sessions =
                new FetchSessions(
                        station.options().sessions(), station.seat().clock(), station.dice());
        return new ApiTable(
                List.of(
                        Api.of(
                                ApiKeys.PRODUCE,
                                data(Right.WRITE_TOPICS, Quota.BYTES_IN, Order.OVERLAPPING),
                                new ProduceHandler(station)),
                        Api.of(
                                ApiKeys.FETCH,
                                data(Right.READ_TOPICS, Quota.BYTES_OUT, Order.ALONE),
                                new FetchHandler(station, sessions)),
                        Api.of(
                                ApiKeys.METADATA,
                                control(Right.DESCRIBE_TOPICS, Quota.TIME),
                                new MetadataHandler(station)),
                        Api.of(
                                ApiKeys.API_VERSIONS,
                                control(Right.NONE, Quota.TIME),
                                new VersionsHandler(station))));
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
