import QtQuick
import Bistro.Stage

// Draws and moves; what stands where is the scene's. Nothing runs here while nothing changes.
Item {
    id: stage

    readonly property StageScene scene: stageScene

    Repeater {
        model: stage.scene.partCount
        PartItem {
            required property int index
            scene: stage.scene
            part: index
        }
    }

    Repeater {
        model: stage.scene.slips
        SlipItem {
            id: item

            required property var model
            property bool arrived: false
            readonly property point place: arrived ? item.target : item.model.from

            scene: stage.scene
            slip: model.slip
            z: model.leaving ? 1500 : 100 + model.layer
            x: Math.round(stage.scene.origin.x + (place.x - stage.scene.margin) * stage.scene.scale)
            y: Math.round(stage.scene.origin.y + (place.y - stage.scene.margin) * stage.scene.scale)
            opacity: model.leaving ? 0 : 1

            Behavior on x {
                enabled: stage.scene.travels
                NumberAnimation { duration: stage.scene.duration; easing.type: Easing.OutCubic }
            }
            Behavior on y {
                enabled: stage.scene.travels
                NumberAnimation { duration: stage.scene.duration; easing.type: Easing.OutCubic }
            }
            Behavior on opacity {
                enabled: stage.scene.travels
                NumberAnimation { duration: stage.scene.duration; easing.type: Easing.InQuad }
            }
            onPlaceChanged: if (arrived && stage.scene.fades) fade.restart()
            NumberAnimation {
                id: fade
                target: item
                property: "opacity"
                from: 0
                to: 1
                duration: stage.scene.duration
            }
            Component.onCompleted: {
                arrived = true
                if (stage.scene.fades)
                    fade.restart()
            }
        }
    }
}
