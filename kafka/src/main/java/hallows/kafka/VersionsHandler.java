package hallows.kafka;

import hallows.cluster.ClusterImage;
import hallows.cluster.FeatureLevels;
import org.apache.kafka.common.message.ApiVersionsRequestData;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.ApiVersionsResponseData.ApiVersion;
import org.apache.kafka.common.message.ApiVersionsResponseData.ApiVersionCollection;
import org.apache.kafka.common.message.ApiVersionsResponseData.FinalizedFeatureKey;
import org.apache.kafka.common.message.ApiVersionsResponseData.SupportedFeatureKey;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;

/// Says what is spoken here. It is asked first, by those who do not know it yet: who asks in a
/// version that is not spoken is answered in the oldest.
final class VersionsHandler implements Handler {
    private static final String SOFTWARE = "[a-zA-Z0-9](?:[a-zA-Z0-9\\-.]*[a-zA-Z0-9])?";
    private static final int SOFTWARE_VERSION = 3;

    /// Before this version clients choke on features that may be off.
    private static final int OFF_VERSION = 4;

    private final Station station;

    VersionsHandler(Station station) {
        this.station = station;
    }

    @Override
    public boolean serve(Incoming request) {
        if (!request.api().speaks(request.version())) {
            request.replyIn(unsupported(request.api()), (short) 0);
            return true;
        }
        ApiVersionsRequestData asked = request.read(new ApiVersionsRequestData());
        request.reply(
                isSound(asked, request.version())
                        ? spoken(request.version())
                        : error(Errors.INVALID_REQUEST));
        return true;
    }

    private static boolean isSound(ApiVersionsRequestData asked, short version) {
        return version < SOFTWARE_VERSION
                || (asked.clientSoftwareName().matches(SOFTWARE)
                        && asked.clientSoftwareVersion().matches(SOFTWARE));
    }

    private static ApiVersionsResponseData unsupported(Api versions) {
        ApiVersionCollection only = new ApiVersionCollection();
        only.add(row(versions));
        return error(Errors.UNSUPPORTED_VERSION).setApiKeys(only);
    }

    private static ApiVersionsResponseData error(Errors error) {
        return new ApiVersionsResponseData().setErrorCode(error.code());
    }

    private static ApiVersion row(Api api) {
        // A client in wide use looks for the oldest produce before it compresses at all.
        short oldest =
                api.key() == ApiKeys.PRODUCE
                        ? ApiKeys.PRODUCE_API_VERSIONS_RESPONSE_MIN_VERSION
                        : api.oldest();
        return new ApiVersion()
                .setApiKey(api.key().id)
                .setMinVersion(oldest)
                .setMaxVersion(api.latest());
    }

    private ApiVersionsResponseData spoken(short version) {
        ClusterImage image = station.broker().image();
        ApiVersionsResponseData data =
                new ApiVersionsResponseData().setFinalizedFeaturesEpoch(image.offset());
        station.apis().forEach(api -> data.apiKeys().add(row(api)));
        station.options().features().entrySet().stream()
                .filter(feature -> version >= OFF_VERSION || feature.getValue().min() > 0)
                .forEach(feature -> add(data, feature.getKey(), feature.getValue()));
        image.features().entrySet().stream()
                .filter(feature -> feature.getValue() > 0)
                .forEach(feature -> add(data, feature.getKey(), feature.getValue()));
        return data;
    }

    private static void add(ApiVersionsResponseData data, String feature, FeatureLevels levels) {
        data.supportedFeatures()
                .add(
                        new SupportedFeatureKey()
                                .setName(feature)
                                .setMinVersion(levels.min())
                                .setMaxVersion(levels.max()));
    }

    private static void add(ApiVersionsResponseData data, String feature, short level) {
        data.finalizedFeatures()
                .add(
                        new FinalizedFeatureKey()
                                .setName(feature)
                                .setMinVersionLevel(level)
                                .setMaxVersionLevel(level));
    }
}
