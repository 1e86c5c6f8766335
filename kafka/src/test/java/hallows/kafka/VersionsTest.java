package hallows.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.BiConsumer;
import org.apache.kafka.common.message.ApiVersionsRequestData;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.ApiVersionsResponseData.ApiVersion;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;

/// What is said to be spoken, at every version of the question.
class VersionsTest {
    @Test
    void versionsAreThoseOfKafkaForWhatIsOffered() {
        with((front, client) -> {
            for (int version = 0; version <= ApiKeys.API_VERSIONS.latestVersion(); version++) {
                ApiVersionsResponseData told = versions(front, client, version);
                assertEquals(Errors.NONE.code(), told.errorCode());
                assertEquals(Apis.OFFERED.size(), told.apiKeys().size());
                assertOffered(told);
            }
        });
    }

    private static void assertOffered(ApiVersionsResponseData told) {
        for (ApiKeys api : Apis.OFFERED) {
            ApiVersion row = told.apiKeys().find(api.id);
            assertEquals(api.latestVersion(false), row.maxVersion());
            assertEquals(oldest(api), row.minVersion());
        }
    }

    private static int oldest(ApiKeys api) {
        return api == ApiKeys.PRODUCE ? 0 : api.oldestVersion();
    }

    @Test
    void featuresAreToldToThoseWhoCanReadThem() {
        with((front, client) -> {
            int[] supported = {0, 0, 0, 1, 2};
            for (int version = 0; version < supported.length; version++) {
                ApiVersionsResponseData told = versions(front, client, version);
                assertEquals(supported[version], told.supportedFeatures().size());
                assertEquals(version < 3 ? 0 : 1, told.finalizedFeatures().size());
                assertEquals(version < 3 ? -1 : 42, told.finalizedFeaturesEpoch());
            }
        });
    }

    private static ApiVersionsResponseData versions(
            FrontScenario front, RawClient client, int version) {
        ApiVersionsRequestData request =
                new ApiVersionsRequestData()
                        .setClientSoftwareName("tester")
                        .setClientSoftwareVersion("1.0");
        return front.ask(client, request, version, new ApiVersionsResponseData());
    }

    @Test
    void whoAsksForVersionsInOneThatIsNotSpokenLearnsWhich() {
        with((front, client) -> {
            byte[] frame = Frames.request(ApiKeys.API_VERSIONS, (short) 99, 5, new byte[3]);
            front.let(client, one -> one.send(frame));
            front.run(() -> client.frames().size() == 1);
            ApiVersionsResponseData told =
                    Frames.response(
                            ApiKeys.API_VERSIONS,
                            (short) 0,
                            client.frames().getFirst(),
                            new ApiVersionsResponseData());
            assertEquals(Errors.UNSUPPORTED_VERSION.code(), told.errorCode());
            assertEquals(1, told.apiKeys().size());
            assertEquals(4, told.apiKeys().find(ApiKeys.API_VERSIONS.id).maxVersion());
        });
    }

    @Test
    void softwareWithoutAProperNameIsRefused() {
        with((front, client) -> {
            ApiVersionsResponseData told =
                    front.ask(
                            client,
                            new ApiVersionsRequestData().setClientSoftwareName("-"),
                            3,
                            new ApiVersionsResponseData());
            assertEquals(Errors.INVALID_REQUEST.code(), told.errorCode());
        });
    }

    private static void with(BiConsumer<FrontScenario, RawClient> trial) {
        try (FrontScenario front = ProduceTest.scenario(1)) {
            trial.accept(front, front.connect());
        }
    }
}
