FROM python:3.13-slim AS build

WORKDIR /src
RUN python -m venv --without-pip /opt/venv
COPY requirements.lock ./
RUN pip --python /opt/venv/bin/python install --no-cache-dir --require-hashes --no-deps -r requirements.lock
COPY . .
# The locked setuptools builds the wheel inside the venv; nothing needs it afterwards.
RUN pip --python /opt/venv/bin/python install --no-cache-dir --no-deps --no-build-isolation . \
    && pip --python /opt/venv/bin/python uninstall --yes setuptools


FROM python:3.13-slim

# A fixed uid, so that a mounted data directory keeps its owner from one image to the next.
RUN useradd --uid 10001 --user-group --no-create-home --home-dir /data --shell /usr/sbin/nologin goaltree \
    && install --directory --owner=goaltree --group=goaltree /data
COPY --from=build /opt/venv /opt/venv

ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    GOALTREE_DATA_DIR=/data
USER goaltree
WORKDIR /data
VOLUME /data
EXPOSE 8080

# Asks the server where there is one (GOALTREE_LISTEN); or looks whether the heartbeat file in the data directory is
# younger than two minutes.
HEALTHCHECK --interval=60s --timeout=10s --start-period=60s CMD ["python", "-m", "goaltree.health"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["goaltree"]
CMD ["run"]
