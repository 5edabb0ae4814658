import Composition
import Schemas

/// A pod for a cluster: a Deployment and a Service, as one YAML stream.
///
/// The container runs as nobody, on a read-only root, without privileges; the digest of the bundle is both an annotation and
/// the reference that the server opens, so another bundle cannot slip in under the same name.
public struct KubernetesManifest: Sendable {
  /// What `kubectl apply` takes; equal inputs give equal text.
  public let text: String

  public init(_ pod: PodConfig, bundle: BundleManifest, bundleDigest: Digest) {
    let documents = [
      Self.deployment(pod, bundle: bundle, digest: bundleDigest), Self.service(pod),
    ]
    text = documents.map { YAMLPrinter.print($0.node) }.joined(separator: "---\n")
  }

  private static func deployment(_ pod: PodConfig, bundle: BundleManifest, digest: Digest) -> YAMLTerm {
    .map(
      ("apiVersion", .text("apps/v1")), ("kind", .text("Deployment")),
      (
        "metadata",
        .map(
          ("name", .text(pod.name)), ("labels", labels(pod)),
          (
            "annotations",
            .map(
              ("codex/bundle-digest", .text(digest.description)), ("codex/run-id", .text(bundle.runID)),
              ("codex/pod-config-digest", .text(pod.digest.description)),
              ("codex/pod-version", .text(String(pod.version))), ("codex/rollout-ring", .text(pod.ring.rawValue)))
          ))
      ),
      (
        "spec",
        .map(
          ("replicas", .number(pod.replicas)), ("selector", .map(("matchLabels", labels(pod)))),
          (
            "template",
            .map(
              (
                "metadata",
                .map(
                  ("labels", labels(pod)),
                  ("annotations", .map(("codex/bundle-digest", .text(digest.description)))))
              ), ("spec", podSpec(pod, digest: digest)))
          ))
      ))
  }

  private static func podSpec(_ pod: PodConfig, digest: Digest) -> YAMLTerm {
    .map(
      ("automountServiceAccountToken", .flag(false)),
      (
        "securityContext",
        .map(
          ("runAsNonRoot", .flag(true)), ("runAsUser", .number(65_532)), ("runAsGroup", .number(65_532)),
          ("seccompProfile", .map(("type", .text("RuntimeDefault")))))
      ),
      // Longer than the server's own drain.
      ("terminationGracePeriodSeconds", .number(20)), ("containers", .list(container(pod, digest: digest))),
      (
        "volumes",
        .list(
          .map(
            ("name", .text("artifacts")),
            (
              "persistentVolumeClaim",
              .map(("claimName", .text(pod.artifactsClaim)), ("readOnly", .flag(true)))
            )),
          .map(("name", .text("api-key")), ("secret", .map(("secretName", .text(pod.name + "-api-key"))))))
      ))
  }

  private static func container(_ pod: PodConfig, digest: Digest) -> YAMLTerm {
    let arguments = [
      "serve", "--workspace", "/srv/codex", "--bundle", digest.description, "--host", "0.0.0.0", "--port",
      String(pod.port), "--api-key-file", "/var/run/secrets/codex/api-key", "--mode", pod.mode.rawValue, "--budget",
      String(pod.budget),
    ]
    let resources = YAMLTerm.map(("cpu", .text(pod.processor.text)), ("memory", .text(pod.memory.text)))
    return .map(
      ("name", .text("codex")), ("image", .text(pod.image)), ("command", .list(.text("codex"))),
      ("args", .items(arguments.map { .text($0) })),
      ("ports", .list(.map(("name", .text("http")), ("containerPort", .number(pod.port))))),
      ("resources", .map(("requests", resources), ("limits", resources))),
      ("readinessProbe", probe("/readyz", every: 5)), ("livenessProbe", probe("/healthz", every: 10)),
      ("startupProbe", probe("/readyz", every: 1, failures: 60)),
      (
        "securityContext",
        .map(
          ("allowPrivilegeEscalation", .flag(false)), ("readOnlyRootFilesystem", .flag(true)),
          ("capabilities", .map(("drop", .list(.text("ALL"))))))
      ),
      (
        "volumeMounts",
        .list(
          .map(
            ("name", .text("artifacts")), ("mountPath", .text("/srv/codex/artifacts")), ("readOnly", .flag(true))),
          .map(
            ("name", .text("api-key")), ("mountPath", .text("/var/run/secrets/codex/api-key")),
            // A whole secret is mounted as links, which the server does not follow.
            ("subPath", .text("api-key")), ("readOnly", .flag(true))))
      ))
  }

  private static func probe(_ path: String, every seconds: Int, failures: Int = 3) -> YAMLTerm {
    .map(
      ("httpGet", .map(("path", .text(path)), ("port", .text("http")))), ("periodSeconds", .number(seconds)),
      ("failureThreshold", .number(failures)))
  }

  private static func service(_ pod: PodConfig) -> YAMLTerm {
    .map(
      ("apiVersion", .text("v1")), ("kind", .text("Service")),
      ("metadata", .map(("name", .text(pod.name)), ("labels", labels(pod)))),
      (
        "spec",
        .map(
          ("selector", labels(pod)),
          ("ports", .list(.map(("name", .text("http")), ("port", .number(80)), ("targetPort", .text("http"))))))
      ))
  }

  private static func labels(_ pod: PodConfig) -> YAMLTerm {
    .map(("app.kubernetes.io/name", .text("codex")), ("app.kubernetes.io/instance", .text(pod.name)))
  }
}
