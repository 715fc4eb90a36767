# The image of Atlantis with this program in it; user and entry point stay those of Atlantis. Of the tags that are made of Alpine, not of the -debian ones.
ARG RDS_AUTH_POLICY=rds-auth-policy:0.1.0
# hadolint ignore=DL3006
FROM ${RDS_AUTH_POLICY} AS policies

FROM ghcr.io/runatlantis/atlantis:v0.47.1
COPY --from=policies /opt/rds-auth-policy /opt/rds-auth-policy
ENV PATH="${PATH}:/opt/rds-auth-policy/bin"
